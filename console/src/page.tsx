/**
 * The page: the whole run first, one resource on demand.
 *
 * Owns     which resource is open, as the address says, and what the list of resources is narrowed to.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PageResource } from '../../engine/src/report/pages/chapter';
import type { Overview } from '../../engine/src/report/pages/overview';
import { SavedContent } from './content';
import { Ages, Cost, JobsOverTime, Stored, Vaults } from './course';
import { Evidence } from './evidence';
import { age, count, instant } from './format';
import { Coverage, EVERYTHING, Findings, Mishaps, Resources, Wanted } from './lists';
import { Resource } from './resource';
import { Restores } from './restores';
import type { Source } from './source';
import { Table } from './table';

/** Parts that stand before the list of resources. */
const BEFORE_LIST = 6;

/** A part of the page, with a heading that the list of parts leads to. */
export interface Part {
  readonly id: string;
  readonly title: string;
  readonly content: ComponentChildren;
}

interface PageProps {
  readonly overview: Overview;
  readonly source: Source;
  /** Parts that stand before the others, whatever is open. */
  readonly first?: readonly Part[];
}

export function Page({ overview, source, first = [] }: PageProps) {
  const [opened, open] = useOpened();
  const [wanted, setWanted] = useState(EVERYTHING);
  const resources = useRef<HTMLElement>(null);
  const want = (next: Wanted) => {
    setWanted(next);
    resources.current?.focus();
    resources.current?.scrollIntoView();
  };
  const page = useResource(source, overview, opened);
  const parts = useMemo(() => partsOf(overview, want, open), [overview]);
  useOpenedForPrint();
  const list: Part = {
    id: 'resources',
    title: 'Resources',
    content: <Resources overview={overview} wanted={wanted} want={setWanted} open={open} />,
  };
  const all = [...first, ...parts.slice(0, BEFORE_LIST), list, ...parts.slice(BEFORE_LIST)];
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header>
        <h1>{overview.title}</h1>
        <p>{`${instant(overview.from)} to ${instant(overview.to)} UTC, seed ${overview.simulation.seed}`}</p>
        {opened < 0 && (
          <nav aria-label="Parts">
            <ul>
              {all.map(({ id, title }) => (
                <li>
                  <a href={`#${id}`}>{title}</a>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </header>
      <main id="main" tabIndex={-1}>
        <p class="unseen" role="status">
          {opened >= 0 && page !== undefined ? `Resource ${overview.resources.names[opened] ?? ''}` : ''}
        </p>
        {opened >= 0 ? (
          page === undefined ? (
            <p>Reading …</p>
          ) : (
            <Resource overview={overview} number={opened} page={page} close={() => open(-1)} />
          )
        ) : (
          <>
            <Figures overview={overview} />
            {all.map(({ id, title, content }) => (
              <section
                id={id}
                aria-labelledby={`${id}-title`}
                ref={id === 'resources' ? resources : null}
                tabIndex={-1}
              >
                <h2 id={`${id}-title`}>{title}</h2>
                {content}
              </section>
            ))}
          </>
        )}
      </main>
      <footer>
        <p class="note">
          {`Digest of the run: `}
          <code>{overview.simulation.digest}</code>
        </p>
      </footer>
    </>
  );
}

function partsOf(overview: Overview, want: (wanted: Wanted) => void, open: (resource: number) => void): Part[] {
  return [
    { id: 'coverage', title: 'Coverage', content: <Coverage overview={overview} want={want} /> },
    { id: 'stored', title: 'Recovery points and storage', content: <Stored overview={overview} /> },
    { id: 'cost', title: 'Cost', content: <Cost overview={overview} /> },
    {
      id: 'jobs',
      title: 'Jobs',
      content: (
        <>
          <JobsOverTime overview={overview} />
          <Mishaps overview={overview} rows={overview.mishaps} open={open} />
        </>
      ),
    },
    {
      id: 'restores',
      title: 'Restores',
      content: <Restores overview={overview} rows={overview.restores} open={open} />,
    },
    { id: 'ages', title: 'RPO met', content: <Ages overview={overview} /> },
    ...(overview.content === null
      ? []
      : [{ id: 'contents', title: 'Contents', content: <SavedContent content={overview.content} /> }]),
    { id: 'vaults', title: 'Vaults', content: <Vaults overview={overview} /> },
    ...(overview.findings === null
      ? []
      : [{ id: 'findings', title: 'Findings', content: <Findings findings={overview.findings} /> }]),
    ...(overview.evidence === null
      ? []
      : [{ id: 'evidence', title: 'Evidence', content: <Evidence standards={overview.evidence} /> }]),
    ...(overview.notRead === null
      ? []
      : [{ id: 'not-read', title: 'Not read', content: <NotRead rows={overview.notRead} /> }]),
  ];
}

function NotRead({ rows }: { readonly rows: NonNullable<Overview['notRead']> }) {
  return (
    <Table
      caption="What the artifacts hold that the engine does not model"
      columns={[
        { title: 'Where', cell: ({ path }) => path },
        { title: 'Type', cell: ({ type }) => type },
        { title: 'Why', cell: ({ reason }) => reason },
      ]}
      rows={rows}
      none="Everything was read."
    />
  );
}

function Figures({ overview }: { readonly overview: Overview }) {
  const { recoveryPoints, resources, backupJobs, copyJobs } = overview.simulation;
  const wrong = [backupJobs, copyJobs]
    .flatMap((states) => Object.entries(states))
    .filter(([state]) => ['FAILED', 'EXPIRED', 'ABORTED', 'PARTIAL'].includes(state))
    .reduce((sum, [, number]) => sum + number, 0);
  const worst = overview.resources.worstAge.reduce(
    (most, one, number) => (overview.resources.pointed[number] === 1 ? Math.max(most, one) : most),
    0,
  );
  const without = overview.resources.pointed.filter((one) => one === 0).length;
  const figures: [name: string, value: string, bad?: boolean][] = [
    ['Resources', count(resources.total)],
    ['Recovery points', count(recoveryPoints.live)],
    ['Of these cold', count(recoveryPoints.liveCold)],
    ['Made in all', count(recoveryPoints.created)],
    ['Jobs that went wrong', count(wrong), wrong > 0],
    ['Worst RPO met', age(worst)],
    ['Without any point', count(without), without > 0],
    ...(overview.findings === null
      ? []
      : [
          ['Findings', count(overview.findings.filter(({ waived }) => waived === undefined).length)] as [
            string,
            string,
          ],
        ]),
  ];
  return (
    <dl class="figures">
      {figures.map(([name, value, bad]) => (
        <div>
          <dt>{name}</dt>
          <dd class={bad === true ? 'bad' : ''}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The number of the resource that the address names, -1 for none; and how to go to another. */
function useOpened(): [number, (resource: number) => void] {
  const read = () => Number(/^#resource=(\d+)$/.exec(location.hash)?.[1] ?? -1);
  const [opened, setOpened] = useState(read);
  useEffect(() => {
    const change = () => setOpened(read());
    addEventListener('hashchange', change);
    return () => removeEventListener('hashchange', change);
  }, []);
  return [
    opened,
    (resource) => {
      location.hash = resource < 0 ? '#resources' : `#resource=${resource}`;
    },
  ];
}

function useResource(source: Source, overview: Overview, number: number): PageResource | undefined {
  const [read, setRead] = useState<{ readonly number: number; readonly page: PageResource }>();
  useEffect(() => {
    let wanted = number >= 0 && number < overview.resources.arns.length;
    if (wanted) {
      void source.resource(number).then((page) => {
        if (wanted) {
          setRead({ number, page });
        }
      });
    }
    return () => {
      wanted = false;
    };
  }, [source, overview, number]);
  return read?.number === number ? read.page : undefined;
}

/** On paper nobody can open what is closed. */
function useOpenedForPrint(): void {
  useEffect(() => {
    const closed = new Set<HTMLDetailsElement>();
    const before = () =>
      document.querySelectorAll<HTMLDetailsElement>('figure details:not([open])').forEach((one) => {
        closed.add(one);
        one.open = true;
      });
    const after = () => {
      closed.forEach((one) => (one.open = false));
      closed.clear();
    };
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, []);
}
