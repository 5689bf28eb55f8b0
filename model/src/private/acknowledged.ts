import { Finding, IValueProbe } from '../finding';
import { at, found } from './found';
import { absent, shown } from './reading';
import { VAULT_LOCK } from './tables/vault-lock';

const DAY_MS = 24 * 60 * 60 * 1000;

interface Acknowledgement {
  readonly deployedOn: string;
  readonly acknowledgedBy: string;
}

/** Whether an acknowledgement says a day and a name. */
export function checkSaid(
  { deployedOn, acknowledgedBy }: Acknowledgement,
  path: string,
  probe: IValueProbe,
): Finding[] {
  const findings: Finding[] = [];
  if (absent(deployedOn) || (probe.known(deployedOn) && dayNumber(deployedOn) === undefined)) {
    findings.push(found(VAULT_LOCK.acknowledgementDay, at(path, 'deployedOn'), shown(deployedOn)));
  }
  if (absent(acknowledgedBy) || (probe.known(acknowledgedBy) && String(acknowledgedBy).trim() === '')) {
    findings.push(found(VAULT_LOCK.acknowledgementAuthor, at(path, 'acknowledgedBy'), shown(acknowledgedBy)));
  }
  return findings;
}

/** The day of a calendar date, counted from 1970-01-01; undefined when there is no such day. */
export function dayNumber(date: unknown): number | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(String(date));
  if (parts === null) {
    return undefined;
  }
  const ms = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  return new Date(ms).toISOString().slice(0, 10) === date ? ms / DAY_MS : undefined;
}

/** The calendar date of a day that is counted from 1970-01-01. */
export function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
