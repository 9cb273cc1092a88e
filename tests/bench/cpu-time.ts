/** The milliseconds of processor time that an action takes. Unlike the clock's, they don't count other programs. */
export function cpuTime(action: () => void): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e3;
}
