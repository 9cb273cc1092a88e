/** What of a request the classes split: each stands for the fields of the Rules language that ask of it alone. */
export enum Dimension {
  /** `ssl` and `cf.edge.server_port`, which come together. */
  CONNECTION = "cf.edge.server_port",
  SOURCE = "ip.src",
  METHOD = "http.request.method",
  HOST = "http.host",
  QUERY = "http.request.uri.query",
  PATH = "http.request.uri.path",
}
