import { Render } from "./render";
import { type Answer, type Asked, type Call, notFound, routeOf, StandIn } from "./server";
import { Supabase } from "./supabase";

/** Supabase and Render, as far as the appliers and the inventory ask them. */
export class RenderAndSupabase extends StandIn {
  public readonly supabase = new Supabase();
  public readonly render = new Render();
  public readonly token = "sbp_0123456789abcdef0123456789abcdef01234567";
  public readonly key = "rnd_0123456789ABCDEFGHIJKLMNOPQR";

  /** Runs `use` with a platform that lives as long. */
  public static async during<T>(use: (platform: RenderAndSupabase) => Promise<T>): Promise<T> {
    const platform = await new RenderAndSupabase().listen();
    try {
      return await use(platform);
    } finally {
      await platform.stop();
    }
  }

  public get environment(): Readonly<Record<string, string>> {
    return {
      SUPABASE_API_ENDPOINT: this.address,
      SUPABASE_ACCESS_TOKEN: this.token,
      RENDER_HOST: `${this.address}/v1`,
      RENDER_API_KEY: this.key,
    };
  }

  /** The requests that asked for a change of state, answered or not. */
  public override get writes(): readonly Call[] {
    return this.arrivals.filter(({ method, path }) => method !== "GET" && !path.endsWith("/verify"));
  }

  /** Everything that the platform keeps, as text. */
  public get state(): string {
    return JSON.stringify(this.objects.map((map) => [...map]));
  }

  /** Keeps everything that the platform holds now; calling its answer puts that back. */
  public remember(): () => void {
    const kept = this.objects.map((map) => [...map]);
    return () => {
      this.objects.forEach((map, index) => {
        map.clear();
        kept[index]?.forEach(([id, object]) => map.set(id, object));
      });
    };
  }

  protected pathOf({ pathname, search }: URL): string {
    return `${pathname}${search}`;
  }

  protected answer({ method, path }: Call, asked: Omit<Asked, "params">, authorization: string): Answer {
    const isSupabases = path.startsWith("/v1/projects");
    if (authorization !== `Bearer ${isSupabases ? this.token : this.key}`)
      return { status: 401, body: { message: "Unauthorized" } };
    const routes = { ...this.supabase.routes, ...this.render.routes };
    const found = routeOf(routes, method, path.replace(/\?.*/, ""));
    return found === undefined ? notFound : found.route({ ...asked, params: found.params });
  }

  private get objects(): readonly Map<string, unknown>[] {
    const { services, customDomains, keyValues, dedicatedIps } = this.render;
    return [this.supabase.projects, services, customDomains, keyValues, dedicatedIps];
  }
}
