/** How the ref of every rule begins that an edge writes for its own environments: no rule of another team has such a ref. */
export const OWN_RULE = "edge_";
