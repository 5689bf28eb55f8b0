/**
 * How a value that is not known is refused: where it stands, what stands there, and what the user can give.
 *
 * Source   design.md section 4, ingest refusal.
 */
import { IngestRefusal } from '../artifact';
import type { Unknown } from './expression/values';

/** A value that is not known before deployment. */
export class UnknownValue extends IngestRefusal {
  constructor(file: string, place: string, unknown: Unknown) {
    super(file, place, whyUnknown(place, unknown), /^--parameter (.+)=…$/.exec(unknown.hint ?? '')?.[1]);
  }
}

/** @throws UnknownValue always */
export function refuseUnknown(file: string, place: string, unknown: Unknown): never {
  throw new UnknownValue(file, place, unknown);
}

/** `is ${var.schedule}; give --parameter schedule=… or --value <place>=…`. */
export function whyUnknown(place: string, unknown: Unknown): string {
  const { expression, because, hint } = unknown;
  const stands = expression === '' ? 'is not known' : `is ${shortened(expression)}`;
  // A variable alone speaks for itself.
  const plain = hint !== undefined && /^\$\{var\.[\w-]+\}$/.test(expression);
  const reason = plain || because === '' ? '' : `: ${because}`;
  return `${stands}${reason}; give ${hint === undefined ? '' : `${hint} or `}--value ${place}=…`;
}

function shortened(expression: string): string {
  const oneLine = expression.replace(/\s+/g, ' ');
  return oneLine.length <= 160 ? oneLine : `${oneLine.slice(0, 157)}…`;
}
