/**
 * Which recorder of AWS Config an audit relies on.
 */
export class ConfigRecorder {
  /**
   * The one of the app: `BackupConfigRecorder`, or any other `aws_config_configuration_recorder`.
   *
   * At synthesis a warning tells of an account and Region in which the app has none, or one that records too little. The
   * audit waits for it.
   */
  public static inApp(): ConfigRecorder {
    return new ConfigRecorder(false);
  }

  /**
   * One that is there already, e.g. of a landing zone, and that records what the audit needs: nothing is looked for.
   */
  public static existing(): ConfigRecorder {
    return new ConfigRecorder(true);
  }

  private constructor(
    /**
     * Whether it is said to exist.
     */
    public readonly isExisting: boolean,
  ) {}
}
