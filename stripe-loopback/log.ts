/** Where the loopback tells what a developer should know of: a line at a time. */
export type Log = (line: string) => void

export const silent: Log = () => {}
