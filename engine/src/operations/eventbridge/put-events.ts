/**
 * PutEvents.
 *
 * Source   API of EventBridge 2015-10-07: an entry that is wrong fails by itself.
 */
import type { PutEventsCommandInput, PutEventsCommandOutput, PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import type { WorldState } from '../../domain/world-state';
import { parseJson } from '../../kernel/json';
import type { Caller } from '../caller';
import { findBus } from '../find-rule';

export function putEvents(
  state: WorldState,
  caller: Caller,
  input: PutEventsCommandInput,
): Omit<PutEventsCommandOutput, '$metadata'> {
  const { partition, account, region } = caller;
  const env = { partition, account, region };
  const Entries = (input.Entries ?? []).map((entry, ordinal): PutEventsResultEntry => {
    const detail = detailOf(entry.Detail);
    if (entry.Detail !== undefined && detail === undefined) {
      // Source: PutEventsResultEntry, ErrorCode; an answer in baselime/lambda-node-opentelemetry 1.
      return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
    }
    const { Source: source, DetailType: detailType } = entry;
    if (detail === undefined || source === undefined || detailType === undefined) {
      // Assumed: the text.
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: 'Source, DetailType and Detail (a JSON object) are required.',
      };
    }
    const bus = findBus(state, caller, entry.EventBusName);
    const given = { env, source, detailType, resources: entry.Resources ?? [], detail, ordinal };
    return { EventId: state.services.events.put(bus, given).id };
  });
  return { FailedEntryCount: Entries.filter(({ ErrorCode }) => ErrorCode !== undefined).length, Entries };
}

function detailOf(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const detail: unknown = parseJson(text ?? '');
    return typeof detail === 'object' && detail !== null && !Array.isArray(detail)
      ? (detail as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
