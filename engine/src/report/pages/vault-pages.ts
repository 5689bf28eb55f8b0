/**
 * What a page says of each vault: what is in it, and until when nobody deletes it.
 *
 * Pure: reads a World.
 * Source   B7.4/1, B7.4/2 and B7.5/1 for what a lock means.
 */
import type { Estate } from '@holdfast/model';
import type { Ledger } from '../../domain/ledger';
import { COLD, CONTINUOUS, EXPIRED_POINT, HELD, LIVE } from '../../domain/recovery-points';
import { boundsOf, isChangeable } from '../../domain/vault-lock';
import type { Vault } from '../../domain/vaults';
import { byteAt, floatAt, intAt } from '../../kernel/columns';
import { Instant, NEVER } from '../../kernel/instant';
import { handDeletion } from '../hand-deletion';
import type { PageVault } from './overview';

/** What is counted in a vault. */
interface Content {
  cold: number;
  copies: number;
  held: number;
  expired: number;
  continuous: number;
  firstDeleteAt: Instant;
  lastDeleteAt: Instant;
  forEver: number;
}

export function vaultPages(ledger: Ledger, estate: Estate): PageVault[] {
  const contents = contentsOf(ledger);
  return ledger.vaults.list().map((vault, number) => vaultPage(vault, contents[number] as Content, ledger.now, estate));
}

function vaultPage(vault: Vault, content: Content, now: Instant, estate: Estate): PageVault {
  const { env, airGapped } = vault.made;
  const { firstDeleteAt, lastDeleteAt, ...counts } = content;
  const dated = lastDeleteAt > 0;
  return {
    arn: vault.arn,
    name: vault.name,
    partition: env.partition,
    account: env.account,
    region: env.region,
    airGapped,
    deleted: vault.deleted,
    lock: lockOf(vault, now),
    byHand: handDeletion(estate, vault.arn),
    live: vault.live,
    ...counts,
    firstDeleteAt: dated ? firstDeleteAt : null,
    lastDeleteAt: dated ? lastDeleteAt : null,
  };
}

function lockOf({ lock }: Vault, now: Instant): PageVault['lock'] {
  if (lock === undefined) {
    return null;
  }
  const mode =
    lock.lockDate === NEVER ? 'governance' : isChangeable(lock, now) ? 'compliance, still removable' : 'compliance';
  return { mode, lockDate: lock.lockDate === NEVER ? null : lock.lockDate, bounds: boundsOf(lock) };
}

function contentsOf({ points, series, vaults }: Ledger): Content[] {
  const contents = vaults.list().map((): Content => ({
    cold: 0,
    copies: 0,
    held: 0,
    expired: 0,
    continuous: 0,
    firstDeleteAt: NEVER,
    lastDeleteAt: 0,
    forEver: 0,
  }));
  for (let row = 0; row < points.rowCount; row++) {
    const flags = byteAt(points.flags, row);
    if ((flags & LIVE) === 0) {
      continue;
    }
    const content = contents[intAt(series.vaults, intAt(points.series, row))] as Content;
    content.cold += (flags & COLD) === 0 ? 0 : 1;
    content.held += (flags & HELD) === 0 ? 0 : 1;
    content.expired += (flags & EXPIRED_POINT) === 0 ? 0 : 1;
    content.continuous += (flags & CONTINUOUS) === 0 ? 0 : 1;
    content.copies += intAt(points.sources, row) < 0 ? 0 : 1;
    const deleteAt = floatAt(points.deleteAts, row);
    if (deleteAt === NEVER) {
      content.forEver++;
    } else {
      content.firstDeleteAt = Math.min(content.firstDeleteAt, deleteAt);
      content.lastDeleteAt = Math.max(content.lastDeleteAt, deleteAt);
    }
  }
  return contents;
}
