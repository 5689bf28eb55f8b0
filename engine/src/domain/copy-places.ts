/**
 * Where copies go: the vault that a copy action names, and the series of a resource in it.
 *
 * Owns     nothing: what it looks up is kept with the origin, until vaults come or go.
 * Source   B6.1.
 * Spec     copy-job.md
 */
import { intAt } from '../kernel/columns';
import type { Ledger } from './ledger';
import type { Origin } from './origins';
import type { Resource } from './protected-resources';
import { NO_VAULT } from './rule-targets';
import type { Vault } from './vaults';

/** Looked up again only when vaults came or went. */
export function destinationOf(ledger: Ledger, origin: Origin): Vault | undefined {
  if (origin.destinationVersion !== ledger.rosterVersion) {
    origin.destination = ledger.vaults.tryFindByArn(origin.given.destinationArn ?? '');
    origin.destinationSeries = new Int32Array(ledger.resources.count).fill(NO_VAULT);
    origin.destinationVersion = ledger.rosterVersion;
  }
  return origin.destination;
}

export function seriesOf(ledger: Ledger, origin: Origin, resource: Resource, destination: Vault): number {
  const known = intAt(origin.destinationSeries, resource.number);
  if (known >= 0) {
    return known;
  }
  const series = ledger.series.of(resource, destination);
  origin.destinationSeries[resource.number] = series;
  return series;
}
