/** The header by which an origin knows that a request came through its edge. */
export const EDGE_SECRET_HEADER = "X-Edge-Secret";
