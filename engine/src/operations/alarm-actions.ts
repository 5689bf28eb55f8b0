/**
 * Whom an alarm tells, as both kinds of alarms are told.
 *
 * Pure.
 */
import type { AlarmActions } from '../domain/alarms';

interface Told {
  readonly ActionsEnabled?: boolean | undefined;
  readonly AlarmActions?: string[] | undefined;
  readonly OKActions?: string[] | undefined;
  readonly InsufficientDataActions?: string[] | undefined;
}

export function actionsOf(input: Told): AlarmActions {
  return {
    enabled: input.ActionsEnabled ?? true,
    byState: {
      ALARM: input.AlarmActions ?? [],
      OK: input.OKActions ?? [],
      INSUFFICIENT_DATA: input.InsufficientDataActions ?? [],
    },
  };
}
