/**
 * Points that rules would make now of what selections take, before any of them runs.
 *
 * Pure: reads a ledger.
 * Source   B4.5/1 (members of stacks and clusters), B6.2/1, B7.6/1.
 * Assumed  That policies tell no two points of a resource in a vault apart, so that one that is not made yet stands for all.
 * Spec     role-permissions.md
 */
import type { BackupSelection } from '@holdfast/model';
import { membersOf, protectedMember } from './composites';
import { destinationOf } from './copy-places';
import { encryptionOf } from './encryption';
import type { PointSource } from './job-needs';
import type { Ledger } from './ledger';
import type { Origin } from './origins';
import type { Plan } from './plans';
import type { Resource } from './protected-resources';
import { recoveryPointArn } from './recovery-point-arn';
import { vaultsOf } from './rule-targets';
import { rosterOf } from './selections';
import { tagsFor } from './tags';
import type { Vault } from './vaults';

/** What one rule makes of one resource in one vault. */
export interface DeclaredPoint {
  readonly resource: Resource;
  readonly vault: Vault;
  readonly origin: Origin;
}

/** The backups of a selection by rule and resource; of a stack or cluster those of its members, its own part first. */
export function declaredBackups(ledger: Ledger, plan: Plan, selection: BackupSelection): DeclaredPoint[] {
  const settings = ledger.settings.at(plan.management?.optIn ?? plan.declaration.env);
  const selected = rosterOf([selection], ledger.resources.at(plan.place), settings);
  return plan.rules.flatMap((rule) => {
    const vaultFor = vaultsOf(ledger, rule);
    return selected.flatMap((one) => {
      const vault = vaultFor(one);
      return vault === undefined
        ? []
        : partsOf(ledger, one).map((resource) => ({ resource, vault, origin: rule.origin }));
    });
  });
}

/** The copies that follow a backup; one that goes into the air-gapped vault itself is not copied there. */
export function declaredCopies(ledger: Ledger, { resource, vault, origin }: DeclaredPoint): DeclaredPoint[] {
  const { copies, airGapCopy } = origin;
  const all = airGapCopy === undefined || vault.made.airGapped ? copies : [...copies, airGapCopy];
  return all.flatMap((copy) => {
    const destination = destinationOf(ledger, copy);
    return destination === undefined ? [] : [{ resource, vault: destination, origin: copy }];
  });
}

/** A point as what it is copied or restored from. */
export function sourceOf(ledger: Ledger, { resource, vault, origin }: DeclaredPoint): PointSource {
  const { now, seed } = ledger;
  const arn = recoveryPointArn(seed, { resource, vault, origin, createdAt: now, continuous: false });
  const on = { resource: arn, env: vault.made.env, tags: tagsFor(resource, origin, now) };
  const isCopy = origin.given.destinationArn !== undefined;
  return { vault, resource, on, keyArn: encryptionOf(ledger, resource, vault, isCopy).keyArn };
}

function partsOf({ resources }: Ledger, resource: Resource): Resource[] {
  return resource.composite
    ? membersOf(resources, resource).flatMap((member) => protectedMember(resources, resource, member) ?? [])
    : [resource];
}
