/**
 * What a job, and the point that it makes, goes back to: a rule, a copy action, or a call.
 *
 * Owns     the origins by number.
 * Units    `…Minutes` are counts.
 * Source   B1.3 RecoveryPointCreator; B2.1 windows; B2.4/1 options; B4.2 on-demand.
 */
import type { Lifecycle } from '@holdfast/model';
import type { Names } from '../kernel/names';
import type { Terms } from './lifecycle';
import type { Rule } from './plans';
import type { Resource } from './protected-resources';
import type { Vault } from './vaults';
import { asksForVss } from './windows-vss';

export type OriginKind = 'rule' | 'copy' | 'air-gap-copy' | 'on-demand' | 'on-demand-copy';

export interface NewOrigin {
  readonly kind: OriginKind;
  /** What tells it apart from others, made of names and instants alone; enters ids and the digest. */
  readonly text: string;
  /** Undefined for calls. */
  readonly rule: Rule | undefined;
  /** What the copied point goes back to; undefined for backups. */
  readonly source: Origin | undefined;
  /** Undefined where the selection says it: see `forRole`. */
  readonly roleArn: string | undefined;
  /** Lifecycle as given; a copy without one inherits. */
  readonly lifecycle: Lifecycle | undefined;
  readonly terms: Terms;
  readonly startWindowMinutes: number;
  readonly completionWindowMinutes: number;
  /** Vault of a copy. */
  readonly destinationArn: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** Whether StartBackupJob asks for an index. */
  readonly index?: boolean;
  /** What StartBackupJob asks for beside. */
  readonly backupOptions?: Readonly<Record<string, string>>;
  /** The stack or cluster whose composite job asked for it; absent for everything else. */
  readonly within?: Resource;
}

export class Origin {
  /** Copies that follow each backup of this origin. */
  readonly copies: Origin[] = [];
  /** The copy into the logically air-gapped vault that is the rule's target. */
  airGapCopy: Origin | undefined;
  /** Origins of the children of composite jobs, by number of the stack or cluster. */
  readonly children = new Map<number, Origin>();
  /** The role of the selection whose resources a rule backed up first. */
  firstRoleArn: string | undefined;
  /** The same rule for selections of other roles, by role. */
  readonly byRole = new Map<string, Origin>();
  readonly tagCount: number;
  /** Whether points of this origin may be indexed or scanned once they are made. */
  readonly inspected: boolean;
  /** Whether backups of instances are to be volume shadow copies. */
  readonly windowsVss: boolean;
  /** The vault of a copy, undefined when there is none; valid for `destinationVersion`. */
  destination: Vault | undefined;
  destinationVersion = -1;
  /** Series of each resource in that vault, by number of the resource; -1 where it was not looked up. */
  destinationSeries = new Int32Array(0);

  constructor(
    readonly number: number,
    /** Number of the text among the names. */
    readonly name: number,
    readonly given: NewOrigin,
  ) {
    this.tagCount = Object.keys(given.tags).length;
    const { indexActions = [], scanActions = [] } = given.rule?.declaration ?? {};
    this.windowsVss = asksForVss(this.optionsFor('EC2'));
    this.inspected = given.index === true || indexActions.length + scanActions.length > 0;
  }

  get terms(): Terms {
    return this.given.terms;
  }

  get rule(): Rule | undefined {
    return this.given.rule;
  }

  /** What backups of resources of a type are to be like: as the call says, or the plan; nothing for a copy. */
  optionsFor(resourceType: string): Readonly<Record<string, string>> {
    const { backupOptions, rule } = this.given;
    const settings = rule?.plan.declaration.advancedBackupSettings ?? [];
    return backupOptions ?? settings.find((one) => one.resourceType === resourceType)?.backupOptions ?? {};
  }

  /** The role that a job assumes: of a copy of a rule that of the backup. */
  get roleArn(): string | undefined {
    const { roleArn, rule, source } = this.given;
    return roleArn ?? this.firstRoleArn ?? (rule === undefined ? undefined : source?.roleArn);
  }
}

export class Origins {
  private readonly all: Origin[] = [];
  /** How many calls gave a text. */
  private readonly calls = new Map<string, number>();

  constructor(private readonly names: Names) {}

  add(given: NewOrigin): Origin {
    const own = given.rule === undefined ? { ...given, text: this.toldApart(given.text) } : given;
    const origin = new Origin(this.all.length, this.names.intern(own.text), own);
    this.all.push(origin);
    return origin;
  }

  /** The same call twice at one instant makes two jobs, whose ids must differ. */
  private toldApart(text: string): string {
    const before = this.calls.get(text) ?? 0;
    this.calls.set(text, before + 1);
    return before === 0 ? text : `${text} #${before + 1}`;
  }

  /**
   * What jobs of a rule go back to for resources that a selection of this role picks, and the copies that follow with it.
   *
   * Source   API: IamRoleArn of BackupSelection is the role with which AWS Backup backs up the target resource.
   */
  forRole(origin: Origin, roleArn: string): Origin {
    origin.firstRoleArn ??= roleArn;
    const known = origin.firstRoleArn === roleArn ? origin : origin.byRole.get(roleArn);
    if (known !== undefined) {
      return known;
    }
    const made = this.add({ ...origin.given, roleArn });
    const following = (copy: Origin) => this.add({ ...copy.given, roleArn, source: made });
    made.airGapCopy = origin.airGapCopy && following(origin.airGapCopy);
    made.copies.push(...origin.copies.map(following));
    origin.byRole.set(roleArn, made);
    return made;
  }

  /** What the children of a composite job go back to. No copies follow them: those of the parent bring them along. */
  within(origin: Origin, resource: Resource): Origin {
    const known = origin.children.get(resource.number);
    if (known !== undefined) {
      return known;
    }
    const { given, roleArn } = origin;
    const source = given.source && this.within(given.source, resource);
    const made = this.add({ ...given, roleArn, text: `${given.text}@${resource.arn}`, source, within: resource });
    origin.children.set(resource.number, made);
    return made;
  }

  /** By their numbers. */
  list(): readonly Origin[] {
    return this.all;
  }

  find(number: number): Origin {
    const origin = this.all[number];
    if (origin === undefined) {
      throw new Error(`no origin ${number} among ${this.all.length}`);
    }
    return origin;
  }
}
