/**
 * The overview of a page.
 *
 * Pure: reads a World, its chronicle, and what was declared.
 */
import type { Estate, Finding, ResourceCoverage } from '@holdfast/model';
import { kindOfEvent, JOB_STATES, whatOfEvent, COPY_JOB, BACKUP_JOB } from '../../domain/event-codes';
import { COPY } from '../../domain/jobs';
import type { Ledger } from '../../domain/ledger';
import { jobView } from '../../domain/show';
import { statusMessage } from '../../domain/reasons';
import { byteAt, floatAt, intAt } from '../../kernel/columns';
import type { Chronicle, PeriodEnd } from '../chronicle/chronicle';
import { CLASSES } from '../chronicle/census';
import type { Mishap } from '../chronicle/mishaps';
import { Omission, simulationOf } from '../simulation';
import { ageSeries } from './age-series';
import { CHAPTER_SIZE } from './chapters';
import type { Outcomes, Overview, PageCost, PageMishap, PageOrigin, PageResources, StoredSeries } from './overview';
import { issuePages, restorePages } from './restore-pages';
import { vaultPages } from './vault-pages';

/** What is known beside the World. */
export interface Told {
  readonly title: string;
  readonly estate: Estate;
  /** What protects each of its resources. */
  readonly coverage: readonly ResourceCoverage[];
  /** Null where nothing was read that rules could be held against. */
  readonly findings: readonly Finding[] | null;
  readonly notRead: readonly Omission[] | null;
  readonly cost: PageCost;
  /** Null where no standard was asked for. */
  readonly evidence: Overview['evidence'];
  /** Null where nothing holds content. */
  readonly content?: Overview['content'];
}

export function overviewOf(chronicle: Chronicle, told: Told): Overview {
  const { title, estate, coverage, findings, notRead, cost, evidence, content = null } = told;
  const { state } = chronicle;
  const { ledger } = state;
  const { findings: _, notRead: __, ...simulation } = simulationOf(state.summary(), [], [], state.digest());
  const ends = chronicle.periodEnds();
  const ages = chronicle.worstAges();
  const mishaps = mishapPages(ledger, chronicle.mishaps.list());
  return {
    schema: 'holdfast.report/1',
    title,
    simulation,
    from: state.start,
    to: state.now,
    ends: ends.map((end) => end.at),
    vaults: vaultPages(ledger, estate),
    origins: originPages(ledger),
    resources: resourcePages(chronicle, coverage, ages, mishaps),
    storage: storageOf(ledger, ends),
    cost,
    outcomes: {
      backup: outcomesOf(ends.map(({ backups }) => backups)),
      copy: outcomesOf(ends.map(({ copies }) => copies)),
      restore: outcomesOf(ends.map(({ restores }) => restores)),
    },
    ages: ageSeries(ages, chronicle.ages),
    mishaps: [...mishaps, ...issuePages(ledger)],
    restores: restorePages(ledger, state.restores.list()),
    findings,
    notRead,
    evidence,
    content,
    chapterSize: CHAPTER_SIZE,
    complete: chronicle.chains.complete && chronicle.endings.complete,
  };
}

function originPages(ledger: Ledger): PageOrigin[] {
  return ledger.origins.list().map(({ given, rule }) => ({
    text: given.text,
    plan: rule?.plan.declaration.backupPlanName ?? null,
    rule: rule?.declaration.ruleName ?? null,
    kind: given.kind,
    within: given.within !== undefined,
  }));
}

/** Numbers of things that are alike, in the order in which they are met. */
class Distinct<T> {
  readonly list: T[] = [];
  private readonly numbers = new Map<string, number>();

  /** @param key what it has in common with those that are alike */
  of(thing: T, key: string): number {
    let known = this.numbers.get(key);
    if (known === undefined) {
      known = this.list.push(thing) - 1;
      this.numbers.set(key, known);
    }
    return known;
  }
}

function resourcePages(
  chronicle: Chronicle,
  coverage: readonly ResourceCoverage[],
  ages: readonly Float64Array[],
  mishaps: readonly PageMishap[],
): PageResources {
  const { ledger } = chronicle.state;
  const covers = new Map(coverage.map((row) => [row.resourceArn, row]));
  const [types, services] = [new Distinct<string>(), new Distinct<string>()];
  const protections = new Distinct<PageResources['protections'][number]>();
  const places = new Distinct<readonly number[]>();
  const wrong = new Float64Array(ledger.resources.count);
  mishaps.forEach(({ resource, count }) => (wrong[resource] = floatAt(wrong, resource) + count));
  const worstAges = worstOf(ages, ledger.resources.count);
  const rows = Array.from({ length: ledger.resources.count }, (_, number) => {
    const resource = ledger.resources.find(number);
    const { resourceType, id } = resource.service;
    const { plans = [], reason = null } = covers.get(resource.arn) ?? { reason: 'no artifact declares it' };
    const lived = resource.series.filter((series) => intAt(ledger.series.lives, series) > 0);
    const vaults = lived.map((series) => intAt(ledger.series.vaults, series)).sort((a, b) => a - b);
    return {
      arn: resource.arn,
      name: resource.declaration.name,
      type: types.of(resourceType, resourceType),
      service: services.of(id, id),
      protection: protections.of({ plans, reason }, [reason ?? '', ...plans].join('\u0000')),
      live: lived.reduce((sum, series) => sum + intAt(ledger.series.lives, series), 0),
      made: chronicle.chains.madeOf(resource.arnName),
      worstAge: floatAt(worstAges, number),
      pointed: chronicle.ages.hadPoint(number) ? 1 : 0,
      place: places.of(vaults, vaults.join(' ')),
    };
  });
  const column = <K extends keyof (typeof rows)[number]>(key: K) => rows.map((row) => row[key]);
  return {
    arns: column('arn'),
    names: column('name'),
    type: column('type'),
    types: types.list,
    service: column('service'),
    services: services.list,
    protection: column('protection'),
    protections: protections.list,
    live: column('live'),
    made: column('made'),
    wrong: [...wrong],
    worstAge: column('worstAge'),
    pointed: column('pointed'),
    place: column('place'),
    places: places.list,
  };
}

/** The worst age of each resource over all periods; one that came later is not in the earlier ones. */
function worstOf(ages: readonly Float64Array[], count: number): Float64Array {
  const worst = new Float64Array(count);
  for (const period of ages) {
    for (let number = 0; number < period.length; number++) {
      worst[number] = Math.max(floatAt(worst, number), floatAt(period, number));
    }
  }
  return worst;
}

function storageOf(ledger: Ledger, ends: readonly PeriodEnd[]): StoredSeries[] {
  const all = ledger.vaults.list().flatMap((_, vault) =>
    Array.from({ length: CLASSES }, (__, kind): StoredSeries => {
      const cell = vault * CLASSES + kind;
      return {
        vault,
        tier: kind % 2 === 0 ? 'warm' : 'cold',
        copies: kind >= 2,
        points: ends.map(({ census }) => census.points[cell] ?? 0),
        bytes: ends.map(({ census }) => census.bytes[cell] ?? 0),
      };
    }),
  );
  return all.filter(({ points }) => points.some((count) => count > 0));
}

/** Jobs that are over, by the period in which they ended. */
function outcomesOf(counts: readonly Float64Array[]): Outcomes {
  const over = ['COMPLETED', 'PARTIAL', 'FAILED', 'EXPIRED', 'ABORTED'] as const;
  const columns = over.map((state) => {
    const row = JOB_STATES.indexOf(state);
    const byPeriod = counts.map((count, period) => floatAt(count, row) - (counts[period - 1]?.[row] ?? 0));
    return [state, byPeriod] as const;
  });
  return Object.fromEntries(columns.filter(([, byPeriod]) => byPeriod.some((count) => count > 0)));
}

function mishapPages(ledger: Ledger, mishaps: readonly Mishap[]): PageMishap[] {
  const onRecord = jobsOnRecord(ledger);
  return mishaps.map((mishap) => {
    const { code, reason, subject, place, cause, first, count, runs } = mishap;
    const resource = ledger.resources.tryFind(ledger.names.text(subject))?.number ?? 0;
    const row = onRecord.get([code, reason, resource, cause].join(' '));
    const job = row === undefined ? undefined : jobView(ledger, row);
    return {
      resource,
      kind: kindOfEvent(code),
      state: whatOfEvent(code),
      vault: ledger.names.text(place),
      rule: first.ruleName ?? '',
      why: job?.why ?? first.why,
      message: job?.statusMessage ?? statusMessage(reason),
      count,
      runs,
    };
  });
}

/** The newest job on record that went wrong alike: it knows more of its reason than the event log. */
function jobsOnRecord(ledger: Ledger): Map<string, number> {
  const { jobs, origins } = ledger;
  const rows = jobs.rows((row) => jobs.isOver(row) && JOB_STATES[byteAt(jobs.states, row)] !== 'COMPLETED');
  return new Map(
    rows.map((row) => {
      const code = (byteAt(jobs.kinds, row) === COPY ? COPY_JOB : BACKUP_JOB) + byteAt(jobs.states, row);
      const cause = origins.find(intAt(jobs.origins, row)).name;
      return [[code, byteAt(jobs.reasons, row), intAt(jobs.resources, row), cause].join(' '), row];
    }),
  );
}
