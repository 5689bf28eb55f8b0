/**
 * Tiering configurations, and the points that they move to the low-cost warm tier.
 *
 * Owns     the configurations, and which points moved.
 * Units    `…At` are Instants; a point is known by its row, and by its creation, as rows are used again.
 * Source   B5.7/1.
 * Spec     tiering.md
 */
import { BackupLimits, type TieringConfiguration, type TieringResourceSelection } from '@holdfast/model';
import { floatAt, intAt } from '../kernel/columns';
import { uuid } from '../kernel/ids';
import { sortedBy } from '../kernel/order';
import { DAY, Instant, NEVER } from '../kernel/instant';
import { POINT_TIERED, TIERING_CREATED, TIERING_DELETED, TIERING_UPDATED } from './event-codes';
import { MOVED_TO_WARM_TIER } from './inspection-reasons';
import type { Ledger } from './ledger';
import { Vault, placeOf } from './vaults';

/** Days that keep a bucket out (Source B5.7/1). */
const NEVER_DAYS = BackupLimits.LONGEST_DAYS;

export interface StandingTiering {
  readonly arn: string;
  readonly createdAt: Instant;
  readonly creatorRequestId: string | undefined;
  declaration: TieringConfiguration;
  updatedAt: Instant | undefined;
}

export class TieringRuns {
  private readonly all = new Map<string, StandingTiering>();
  /** Creation of each point that moved, by row. */
  private readonly moved = new Map<number, Instant>();
  private readonly kind: number;
  private looks = false;

  constructor(private readonly ledger: Ledger) {
    this.kind = ledger.turn('tiers are looked at', () => {
      this.look();
    });
  }

  /** Those of an account and Region, by name. */
  list(place: string): StandingTiering[] {
    const here = [...this.all.values()].filter(({ declaration }) => placeOf(declaration.env) === place);
    return sortedBy(here, ({ declaration }) => declaration.tieringConfigurationName);
  }

  /** Whether a point is in the low-cost warm tier. */
  isTiered(row: number): boolean {
    return this.moved.get(row) === floatAt(this.ledger.points.createdAts, row);
  }

  create(declaration: TieringConfiguration, creatorRequestId: string | undefined): StandingTiering {
    const { ledger } = this;
    const { env, tieringConfigurationName: name } = declaration;
    const names = [env.account, env.region, name];
    const id = uuid(ledger.seed, { kind: 'tiering-configuration', names, at: ledger.now });
    const arn = `arn:${env.partition}:backup:${env.region}:${env.account}:tiering-configuration:${name}-${id}`;
    const made = { arn, createdAt: ledger.now, creatorRequestId, declaration, updatedAt: undefined };
    this.all.set(arn, made);
    this.declare(TIERING_CREATED, made);
    if (!this.looks) {
      this.looks = true;
      this.lookAgain();
    }
    return made;
  }

  update(standing: StandingTiering, declaration: TieringConfiguration): void {
    standing.declaration = declaration;
    standing.updatedAt = this.ledger.now;
    this.declare(TIERING_UPDATED, standing);
  }

  /** What moved stays moved. */
  delete(standing: StandingTiering): void {
    this.all.delete(standing.arn);
    this.declare(TIERING_DELETED, standing);
  }

  private lookAgain(): void {
    const { agenda, now } = this.ledger;
    agenda.push(now - (now % DAY) + DAY, this.kind, 0);
  }

  private look(): void {
    const { ledger } = this;
    const { points, series, now } = ledger;
    if (this.all.size === 0) {
      this.looks = false;
      return;
    }
    for (let number = 0; number < series.count; number++) {
      const resource = ledger.resourceOf(number);
      const vault = ledger.vaultOf(number);
      const days = resource.service.id === 's3' ? this.daysOf(vault, resource.arn) : undefined;
      for (const row of days === undefined ? [] : points.rowsOf(number)) {
        if (!this.isTiered(row) && floatAt(points.createdAts, row) + (days ?? NEVER_DAYS) * DAY <= now) {
          this.move(row, number);
        }
      }
    }
    this.lookAgain();
  }

  /** After how many days points of a bucket in a vault move; undefined when they do not. */
  private daysOf(vault: Vault, bucket: string): number | undefined {
    const here = this.list(placeOf(vault.made.env)).map(({ declaration }) => declaration);
    const own = here.find(({ backupVaultName }) => backupVaultName === vault.name);
    const general = here.find(({ backupVaultName }) => backupVaultName === '*');
    const { resourceSelection = [] } = own ?? general ?? {};
    const names = (wanted: string) => (one: TieringResourceSelection) => one.resources.includes(wanted);
    const chosen = resourceSelection.find(names(bucket)) ?? resourceSelection.find(names('*'));
    const days = chosen?.tieringDownSettingsInDays;
    return days === NEVER_DAYS ? undefined : days;
  }

  private move(row: number, series: number): void {
    const { ledger } = this;
    const { points, log, now, origins } = ledger;
    const [vault, resource] = [ledger.vaultOf(series), ledger.resourceOf(series)];
    const [size, createdAt] = [floatAt(points.sizes, row), floatAt(points.createdAts, row)];
    this.moved.set(row, createdAt);
    ledger.meter?.tiered(row);
    const cause = origins.find(intAt(points.origins, row)).name;
    log.append(now, POINT_TIERED, 0, MOVED_TO_WARM_TIER, resource.arnName, vault.arnName, cause, size, createdAt);
  }

  private declare(code: number, { arn, declaration }: StandingTiering): void {
    const { ledger } = this;
    const { env, backupVaultName, resourceSelection } = declaration;
    const place = ledger.names.intern(placeOf(env));
    ledger.declare(code, arn, place, JSON.stringify([backupVaultName, resourceSelection]), 0, NEVER);
  }
}
