/**
 * What policies deny the role of a selection of what backups and copies of the selected resources take, asked before any
 * rule runs.
 *
 * Pure: reads a ledger. Each question is asked once, whichever selection asks it.
 * Source   B4.3/6, B6.3/8, B12.
 * Assumed  That policies tell no two points of a resource in a vault apart, so that one that is not made yet stands for all;
 *          members of stacks are left out, as each is asked about when it is selected by itself.
 * Spec     role-permissions.md
 */
import type { BackupSelection } from '@holdfast/model';
import { destinationOf } from './copy-places';
import { encryptionOf } from './encryption';
import { backupNeeds, copyNeeds, CopySource, crossingNeeds, Denied, Need } from './job-needs';
import type { Ledger } from './ledger';
import type { Origin } from './origins';
import type { Plan } from './plans';
import type { Resource } from './protected-resources';
import { recoveryPointArn } from './recovery-point-arn';
import { vaultsOf } from './rule-targets';
import { rosterOf } from './selections';
import { tagsFor } from './tags';
import type { Vault } from './vaults';

/** What a job of a resource needs and is denied. */
export interface Unmet extends Denied {
  readonly job: 'backup' | 'copy';
  readonly resource: Resource;
}

export class SelectionNeeds {
  /** By role, action and what else policies look at. */
  private readonly answers = new Map<string, Denied | undefined>();

  constructor(private readonly ledger: Ledger) {}

  /** Everything that is denied, by rule, resource and step. */
  unmet(plan: Plan, selection: BackupSelection): Unmet[] {
    const { ledger } = this;
    const settings = ledger.settings.at(plan.declaration.env);
    const selected = rosterOf([selection], ledger.resources.at(plan.place), settings);
    const { iamRoleArn: roleArn } = selection;
    /** Resources and vaults: several rules back up into one vault. */
    const asked = new Set<string>();
    return ledger.permissions.asEnforced(() =>
      plan.rules.flatMap((rule) => {
        const vaultFor = vaultsOf(ledger, rule);
        return selected.flatMap((resource) => {
          const vault = vaultFor(resource);
          if (vault === undefined) {
            return [];
          }
          const key = `${resource.number} ${vault.number}`;
          const backup = asked.has(key) ? [] : backupNeeds(ledger, roleArn, vault, resource);
          asked.add(key);
          const copies = copiesOf(rule.origin, vault);
          const source = copies.length === 0 ? undefined : this.sourceOf(resource, vault, rule.origin);
          const copying = source === undefined ? [] : copies.flatMap((copy) => this.ofCopy(roleArn, source, copy));
          return [...this.denied('backup', resource, backup), ...this.denied('copy', resource, copying)];
        });
      }),
    );
  }

  /** Across accounts what the destination lets in, and what keys let it read, is not for the role to have. */
  private ofCopy(roleArn: string, source: CopySource, copy: Origin): Need[] {
    const { ledger } = this;
    const destination = destinationOf(ledger, copy);
    if (destination === undefined) {
      return [];
    }
    if (destination.made.env.account === source.vault.made.env.account) {
      return copyNeeds(ledger, roleArn, source, destination);
    }
    const asked = crossingNeeds(ledger, roleArn, source, destination);
    return asked.filter(({ request }) => request.principal.arn === roleArn && request.resource !== destination.arn);
  }

  /** A point that the rule would make now. */
  private sourceOf(resource: Resource, vault: Vault, origin: Origin): CopySource {
    const { ledger } = this;
    const { now, seed } = ledger;
    const arn = recoveryPointArn(seed, { resource, vault, origin, createdAt: now, continuous: false });
    const on = { resource: arn, env: vault.made.env, tags: tagsFor(resource, origin, now) };
    return { vault, resource, on, keyArn: encryptionOf(ledger, resource, vault, false).keyArn };
  }

  private denied(job: Unmet['job'], resource: Resource, needs: readonly Need[]): Unmet[] {
    return needs.flatMap((need) => {
      const answer = this.answer(need);
      return answer === undefined ? [] : [{ ...answer, job, resource }];
    });
  }

  /** One verdict stands for all requests that policies cannot tell apart. */
  private answer(need: Need): Denied | undefined {
    const { permissions } = this.ledger;
    const { request, subject } = need;
    const { principal, action, resource, encryptionContext } = request;
    // A key is asked about with the vault that it encrypts: few requests, which differ by more than their resource.
    const alike = subject.key === undefined ? permissions.likeness(need) : undefined;
    const apart = alike ?? JSON.stringify([resource, encryptionContext, request.context]);
    const key = [principal.arn, action, subject.vault?.number, alike === undefined, apart].join('\u0000');
    if (!this.answers.has(key)) {
      this.answers.set(key, permissions.firstDenied([need]));
    }
    return this.answers.get(key);
  }
}

/** The copies that follow a backup; one that goes into the air-gapped vault itself is not copied there. */
function copiesOf({ copies, airGapCopy }: Origin, vault: Vault): Origin[] {
  return airGapCopy === undefined || vault.made.airGapped ? copies : [...copies, airGapCopy];
}
