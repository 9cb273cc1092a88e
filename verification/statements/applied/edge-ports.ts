import { NOT_APPLICABLE } from "../../result";
import { spectrumOpens } from "../edge/spectrum";
import type { Proposition } from "../vocabulary";

/**
 * That the edge leads nobody to these ports of a datastore. What isn't there proves nothing by itself: an environment
 * without a datastore has nothing to close.
 */
export function closedAtTheEdge(...ports: readonly number[]): Proposition {
  const { sentence, conclude } = spectrumOpens(...ports);
  return {
    sentence,
    conclude: (scene) => {
      const conclusion = conclude(scene);
      return conclusion.verdict === "proven" ? NOT_APPLICABLE : conclusion;
    },
  };
}
