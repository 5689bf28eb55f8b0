/**
 * What AWS Backup takes where a rule says nothing.
 *
 * Source B2.1: the table of rule fields (API model 2018-11-15, BackupRuleInput).
 */
export class BackupRuleDefaults {
  /**
   * Every day at 05:00.
   */
  public static readonly SCHEDULE_EXPRESSION = 'cron(0 5 ? * * *)';

  /**
   * What the service reports when no time zone was given.
   */
  public static readonly SCHEDULE_EXPRESSION_TIMEZONE = 'Etc/UTC';

  /**
   * Eight hours.
   */
  public static readonly START_WINDOW_MINUTES = 480;

  /**
   * Seven days.
   */
  public static readonly COMPLETION_WINDOW_MINUTES = 10080;

  /**
   * An hour: what the AWS provider of Terraform sends where a rule says nothing.
   */
  public static readonly TERRAFORM_START_WINDOW_MINUTES = 60;

  /**
   * Three hours: what the AWS provider of Terraform sends where a rule says nothing.
   */
  public static readonly TERRAFORM_COMPLETION_WINDOW_MINUTES = 180;

  private constructor() {}
}
