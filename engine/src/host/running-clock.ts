/**
 * A clock that runs by itself: what passes in a World while real time does.
 *
 * Owns     how much of the real time was asked for already.
 * Units    milliseconds; a speed is seconds of the World to one of real time.
 */
export class RunningClock {
  private asked: number;

  constructor(
    readonly speed: number,
    private readonly wall: () => number,
  ) {
    this.asked = wall();
  }

  /** Whole milliseconds of the World since it was asked last. */
  passed(): number {
    if (this.speed === 0) {
      return 0;
    }
    const now = this.wall();
    // A real clock that was put back takes nothing back.
    this.asked = Math.min(this.asked, now);
    const passed = Math.floor((now - this.asked) * this.speed);
    this.asked += passed / this.speed;
    return passed;
  }
}
