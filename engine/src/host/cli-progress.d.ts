/** The part of cli-progress that the terminal uses. */
declare module 'cli-progress' {
  export class SingleBar {
    constructor(options: {
      readonly format: string;
      readonly stream: NodeJS.WriteStream;
      readonly clearOnComplete: boolean;
      readonly gracefulExit: boolean;
      readonly linewrap: boolean;
      readonly barsize: number;
    });
    start(total: number, startValue: number, payload: Readonly<Record<string, string>>): void;
    update(current: number, payload: Readonly<Record<string, string>>): void;
    stop(): void;
  }
}
