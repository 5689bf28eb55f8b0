import { Severity } from '../../finding';
import { advice, fact, failsAtRun, refused, Table } from './describe';

const CRON = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html';

export const SCHEDULE = {
  cronForm: refused(
    'schedule-cron-form',
    'cron(minute hour day-of-month month day-of-week year)',
    fact('2.1 ScheduleExpression, 18 #8269'),
  ),
  fields: refused(
    'schedule-fields',
    'cron(…) of six fields: minute 0 to 59, hour 0 to 23, day of month 1 to 31, month 1 to 12, day of week 1 to 7, year 1970 to 2199',
    CRON,
  ),
  dayFields: refused('schedule-day-fields', '? in exactly one of day of month and day of week', CRON),
  hourlyFinest: refused('schedule-hourly-finest', 'at most one run in 60 minutes', fact('B2.2/2')),
  timeZone: refused(
    'schedule-time-zone',
    'the name of an IANA time zone, as the IANA writes it',
    fact('2.1 ScheduleExpressionTimezone'),
  ),
  neverFires: failsAtRun(
    'schedule-never-fires',
    Severity.ERROR,
    'met by at least one day from 1970 to 2199',
    fact('B2.2/1'),
  ),
  over: failsAtRun('schedule-over', Severity.WARNING, 'met by at least one day from 2026 on', fact('B2.2/1')),
  stopsAtMidnight: advice(
    'schedule-stops-at-midnight',
    Severity.WARNING,
    'a step that divides 24 from an hour below the step, as the steps begin anew at 00:00 of each day',
    fact('B2.2/3'),
  ),
  daylightSaving: advice(
    'schedule-daylight-saving',
    Severity.WARNING,
    'at a local time that every day has, or in Etc/UTC',
    fact('B2.2/4'),
  ),
  daylightSavingRepeat: advice(
    'schedule-daylight-saving-repeat',
    Severity.NOTE,
    'at a local time that no day has twice, or in Etc/UTC; it runs at the first (Assumed)',
    fact('B2.2/4'),
  ),
  unconfirmedForm: advice(
    'schedule-unconfirmed-form',
    Severity.NOTE,
    'of a form that AWS documents: ascending ranges, L and W alone in their field',
    fact('B2.2/1'),
  ),
} satisfies Table;
