import { z } from "zod";
import { type ApiHosts, apiHostsSchema } from "./api-hosts";
import { members } from "./members";
import { id, object } from "./shapes";

/** The types of Render services that nothing can connect to. A private service isn't one: its whole region reaches it. */
export enum WorkerType {
  BACKGROUND = "background_worker",
  CRON = "cron_job",
}

/** An internal worker on Render. */
export interface Worker {
  /** The service's id: `srv-...`, or `crn-...` of a cron job. */
  readonly service: string;
  readonly type: WorkerType;
  /** The vendors whose APIs it calls. */
  readonly reaches: readonly ApiHosts[];
}

export const workerSchema = object(
  {
    service: id(/^(?:srv|crn)-[a-z0-9]{1,60}$/, "the id of a Render service, srv-... or crn-..."),
    type: z.enum(WorkerType, { error: "a type without inbound: background_worker or cron_job (WorkerType)" }),
    reaches: z.array(apiHostsSchema, { error: "a list of ApiHosts" }),
  },
  "a worker made by Worker.render(service, { reaches }) or Worker.cron(service, { reaches })",
);

export const Worker = members("Worker", {
  /**
   * A background worker.
   *
   * @see https://render.com/docs/background-workers
   */
  render(service: string, { reaches }: Pick<Worker, "reaches">): Worker {
    return { service, type: WorkerType.BACKGROUND, reaches };
  },
  /**
   * A cron job.
   *
   * @see https://render.com/docs/cronjobs
   */
  cron(service: string, { reaches }: Pick<Worker, "reaches">): Worker {
    return { service, type: WorkerType.CRON, reaches };
  },
});
