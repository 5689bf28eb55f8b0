/**
 * What a page says of a whole run, before anybody asks about one resource.
 *
 * Pure: types alone, shared by the engine, which fills them, and the page, which shows them.
 * Units    instants are milliseconds since 1970, ages milliseconds, sizes bytes; null is never or none.
 */
import type { Finding } from '@holdfast/model';
import type { ContentState } from '../content-damage';
import type { Evidence } from '../evidence/evidence';
import type { Omission, Simulation } from '../simulation';
import type { RunOfInstants } from './chapter';

export interface PageVault {
  readonly arn: string;
  readonly name: string;
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  readonly airGapped: boolean;
  readonly deleted: boolean;
  readonly lock: {
    readonly mode: 'compliance' | 'governance' | 'compliance, still removable';
    /** From when on nobody changes the lock. */
    readonly lockDate: number | null;
    readonly bounds: string;
  } | null;
  /** Who may delete a point before its lifecycle does. */
  readonly byHand: string;
  readonly live: number;
  readonly cold: number;
  readonly copies: number;
  readonly held: number;
  readonly expired: number;
  readonly continuous: number;
  /** When AWS Backup may delete the first, and the last, of its points; null when none is ever. */
  readonly firstDeleteAt: number | null;
  readonly lastDeleteAt: number | null;
  /** How many are kept for ever. */
  readonly forEver: number;
}

/** What made points: a rule, a copy action, a call. */
export interface PageOrigin {
  readonly text: string;
  readonly plan: string | null;
  readonly rule: string | null;
  readonly kind: string;
  readonly within: boolean;
}

/** Jobs of a resource that ended alike. */
export interface PageMishap {
  readonly resource: number;
  readonly kind: string;
  readonly state: string;
  readonly vault: string;
  readonly rule: string;
  readonly why: string;
  /** AWS's status message; empty where there is none. */
  readonly message: string;
  readonly count: number;
  readonly runs: readonly RunOfInstants[];
}

/** Restores that are alike. */
export interface PageRestore {
  readonly resource: number;
  /** Name of the restore testing plan that asked; empty for a call. */
  readonly plan: string;
  readonly vault: string;
  readonly state: string;
  /** AWS's word; empty where nothing was validated. */
  readonly validation: string;
  readonly why: string;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** Jobs that ended in each period, by state. */
export type Outcomes = Readonly<Record<string, readonly number[]>>;

/** Of one vault and one class, at the end of each period. */
export interface StoredSeries {
  /** Index into the vaults. */
  readonly vault: number;
  readonly tier: 'warm' | 'cold';
  readonly copies: boolean;
  readonly points: readonly number[];
  readonly bytes: readonly number[];
}

/** How old the newest data of the resources that ever had a point got at worst in each period. */
export interface AgeSeries {
  readonly median: readonly number[];
  /** 95 of 100 resources did better. */
  readonly most: readonly number[];
  readonly worst: readonly number[];
}

/** What some of the usage costs each month, in microdollars of the United States. */
export interface CostSeries {
  /** Storage, transfer, restores, … */
  readonly kind: string;
  /** Name; empty where it belongs to none. */
  readonly vault: string;
  readonly tier: string;
  readonly copies: boolean;
  readonly usdMicros: readonly number[];
}

export interface PageCost {
  /** What the prices are called, with their date. */
  readonly priceBook: string;
  /** Ends of the months. */
  readonly ends: readonly number[];
  readonly series: readonly CostSeries[];
  /** What AWS asks money for that is not in the sums, and why; things without a price among them. */
  readonly notCounted: readonly string[];
}

/** The resources, in columns by number. */
export interface PageResources {
  readonly arns: readonly string[];
  readonly names: readonly string[];
  /** Index into `types`. */
  readonly type: readonly number[];
  readonly types: readonly string[];
  /** Id of the service as Holdfast knows it: what points are called depends on it. */
  readonly service: readonly number[];
  readonly services: readonly string[];
  /** Index into `protections`. */
  readonly protection: readonly number[];
  /** Names of plans, or why none protects it. */
  readonly protections: readonly { readonly plans: readonly string[]; readonly reason: string | null }[];
  readonly live: readonly number[];
  readonly made: readonly number[];
  readonly wrong: readonly number[];
  /** Worst age of its data over the whole run. */
  readonly worstAge: readonly number[];
  /** Whether it ever had a point: 1 or 0. */
  readonly pointed: readonly number[];
  /** Vaults that hold points of it, as index into `places`; -1 for none. */
  readonly place: readonly number[];
  readonly places: readonly (readonly number[])[];
}

export interface Overview {
  readonly schema: 'holdfast.report/1';
  readonly title: string;
  readonly simulation: Omit<Simulation, 'findings' | 'notRead' | 'evidence'>;
  readonly from: number;
  readonly to: number;
  /** Ends of the periods. */
  readonly ends: readonly number[];
  readonly vaults: readonly PageVault[];
  readonly origins: readonly PageOrigin[];
  readonly resources: PageResources;
  readonly storage: readonly StoredSeries[];
  readonly cost: PageCost;
  readonly outcomes: { readonly backup: Outcomes; readonly copy: Outcomes; readonly restore: Outcomes };
  readonly ages: AgeSeries;
  /** Backups that completed with issues come last. */
  readonly mishaps: readonly PageMishap[];
  readonly restores: readonly PageRestore[];
  /** Null where nothing was read that rules could be held against. */
  readonly findings: readonly Finding[] | null;
  readonly notRead: readonly Omission[] | null;
  /** Null where no standard was asked for. */
  readonly evidence: readonly Evidence[] | null;
  /** Null where nothing holds content, or is asked for elsewhere. */
  readonly content: ContentState | null;
  /** How many resources are in each chapter. */
  readonly chapterSize: number;
  /** Whether the creation and the end of every point that is gone are known. */
  readonly complete: boolean;
}
