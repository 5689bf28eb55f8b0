/**
 * What a target of a rule gets: the event, a part of it, a constant, or a text made of parts.
 *
 * Pure.
 * Source   the user guide of EventBridge, "Amazon EventBridge input transformation"; API InputTransformer.
 * Spec     event-rules.md
 */
import { formatInstant, Instant } from '../kernel/instant';
import type { BusEvent } from './bus-event';
import type { RetryPolicy } from './event-retries';
import { jsonPathOf } from './json-path';

/** What PutTargets says of a target, as far as it decides what arrives where. */
export interface EventTarget {
  readonly id: string;
  readonly arn: string;
  readonly roleArn: string | undefined;
  /** Constant JSON text. */
  readonly input: string | undefined;
  readonly inputPath: string | undefined;
  readonly inputTransformer: InputTransformer | undefined;
  /** Queue that gets what could not be delivered. */
  readonly deadLetterArn: string | undefined;
  /** Undefined for as often and as long as there is. */
  readonly retry?: RetryPolicy | undefined;
  /** For FIFO queues. */
  readonly messageGroupId: string | undefined;
  /** What decides nothing here, as PutTargets gave it. */
  readonly particulars?: Readonly<Record<string, unknown>>;
}

export interface InputTransformer {
  readonly inputPathsMap: Readonly<Record<string, string>>;
  readonly inputTemplate: string;
}

/** The text that a target gets. `receivedAt` is when the bus took the event in. */
export function payloadOf(target: EventTarget, happened: BusEvent, ruleArn: string, receivedAt: Instant): string {
  if (target.input !== undefined) {
    return target.input;
  }
  if (target.inputPath !== undefined) {
    return JSON.stringify(jsonPathOf(target.inputPath, happened) ?? null);
  }
  const transformer = target.inputTransformer;
  return transformer === undefined ? JSON.stringify(happened) : transformed(transformer, happened, ruleArn, receivedAt);
}

function transformed(transformer: InputTransformer, happened: BusEvent, ruleArn: string, receivedAt: Instant): string {
  const values = new Map<string, unknown>();
  for (const [key, path] of Object.entries(transformer.inputPathsMap)) {
    const value = jsonPathOf(path, happened);
    if (value !== undefined) {
      values.set(key, value);
    }
  }
  values.set('aws.events.rule-arn', ruleArn);
  values.set('aws.events.rule-name', ruleArn.split('/').at(-1));
  values.set('aws.events.event.ingestion-time', formatInstant(receivedAt));
  values.set('aws.events.event', { ...happened, detail: undefined });
  values.set('aws.events.event.json', happened);
  const template = transformer.inputTemplate.trim();
  // Only in a template that is JSON does a bare <key> stand for a whole value; a quoted text stays text.
  return template
    .split('\n')
    .map((line) => filled(line, values))
    .join('\n');
}

/** One line: a key between quotes becomes text within them, one outside of quotes a JSON value. */
function filled(line: string, values: ReadonlyMap<string, unknown>): string {
  let quoted = false;
  return line.replace(/\\.|"|<([A-Za-z0-9_.-]+)>/gs, (whole, key: string | undefined) => {
    if (whole === '"') {
      quoted = !quoted;
      return whole;
    }
    if (key === undefined) {
      return whole;
    }
    // Source: a variable whose path finds nothing is not made and does not appear.
    const value = values.get(key);
    if (value === undefined) {
      return quoted ? '' : '""';
    }
    if (!quoted) {
      return JSON.stringify(value);
    }
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return JSON.stringify(text).slice(1, -1);
  });
}
