/**
 * The console: the page of a report, live, with the clock in the user's hand.
 *
 * Owns     what the World said last, and what it refused last.
 */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Content } from './content';
import { Choice } from './course';
import { instant } from './format';
import { Part, Page } from './page';
import { Table } from './table';
import { Moment, Refused, WorldSource } from './world';

/** From one look at a World that changes all the time to the next. */
const PAUSE_MS = 500;
const STEPS: readonly [text: string, advance: string][] = [
  ['1 hour', 'PT1H'],
  ['1 day', 'P1D'],
  ['1 week', 'P1W'],
  ['30 days', 'P30D'],
];

export function Live() {
  const source = useMemo(() => new WorldSource(), []);
  const [refusal, setRefusal] = useState('');
  const [moment, lost] = useMoment(source);
  const [busy, setBusy] = useState(false);
  const act: Act = async (deed) => {
    // Buttons stay as they are meanwhile: one that is disabled would lose the focus.
    if (busy) {
      return;
    }
    setBusy(true);
    setRefusal('');
    try {
      await deed(source);
    } catch (fault) {
      setRefusal(fault instanceof Refused ? fault.message : silence(fault));
    } finally {
      setBusy(false);
    }
  };
  if (moment === undefined) {
    return <p role="status">{lost === '' ? 'Reading …' : lost}</p>;
  }
  const first: Part[] = [
    {
      id: 'clock',
      title: 'Clock',
      content: <Clock moment={moment} act={act} busy={busy} refusal={refusal === '' ? lost : refusal} />,
    },
    { id: 'faults', title: 'Faults', content: <Faults moment={moment} act={act} /> },
    { id: 'latest-jobs', title: 'Latest jobs', content: <LatestJobs moment={moment} /> },
    { id: 'events', title: 'Latest events', content: <Events moment={moment} /> },
    { id: 'decisions', title: 'Policies evaluated', content: <Decisions moment={moment} /> },
    { id: 'content', title: 'Contents', content: <Content content={moment.content} act={act} /> },
  ];
  return <Page overview={moment.overview} source={source} first={first} />;
}

type Act = (deed: (source: WorldSource) => Promise<unknown>) => Promise<void>;

function silence(fault: unknown): string {
  return `The World does not answer: ${String(fault)}`;
}

/** What the World says, renewed whenever it changed; and why it says nothing, empty while it does. */
function useMoment(source: WorldSource): [Moment | undefined, string] {
  const [moment, setMoment] = useState<Moment>();
  const [lost, setLost] = useState('');
  const running = (moment?.clock.speed ?? 0) > 0;
  useEffect(() => {
    let watching = true;
    const watch = async () => {
      for (let seen = -1; watching;) {
        const began = performance.now();
        try {
          // What it says at first is under way already.
          if (seen < 0 || (await source.changes(seen)) !== seen) {
            const next = await source.moment();
            if (watching) {
              setMoment(next);
            }
            seen = next.version;
          }
          setLost('');
        } catch (fault) {
          setLost(silence(fault));
        }
        const rest = Math.max(0, PAUSE_MS - (performance.now() - began));
        await new Promise((resolve) => setTimeout(resolve, rest));
      }
    };
    void watch();
    return () => {
      watching = false;
    };
  }, [source]);
  useEffect(() => {
    // A World whose clock runs moves when it is asked.
    const timer = running ? setInterval(() => void source.tick().catch(() => undefined), 1000) : undefined;
    return () => clearInterval(timer);
  }, [source, running]);
  return [moment, lost];
}

interface ClockProps {
  readonly moment: Moment;
  readonly act: Act;
  readonly busy: boolean;
  readonly refusal: string;
}

function Clock({ moment, act, busy, refusal }: ClockProps) {
  const { clock, worlds, overview } = moment;
  const [to, setTo] = useState('');
  const [speed, setSpeed] = useState(String(clock.speed));
  const name = overview.title.replace(/^World /, '');
  return (
    <>
      <p aria-live="polite">
        {`It is ${clock.now} there. `}
        {clock.speed === 0
          ? 'The clock stands until it is moved.'
          : `The clock runs ${clock.speed} times as fast as here.`}
      </p>
      <div class="controls">
        {STEPS.map(([text, advance]) => (
          <button
            type="button"
            aria-disabled={busy}
            onClick={() => void act((source) => source.moveClock({ advance }))}
          >
            {`Step ${text}`}
          </button>
        ))}
      </div>
      <div class="controls">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void act((source) =>
              source.moveClock({ to: /Z|[+-]\d\d:\d\d$/.test(to) || to.length < 11 ? to : `${to}Z` }),
            );
          }}
        >
          <label>
            Run to (UTC)
            <input value={to} placeholder={clock.now} onInput={(event) => setTo(event.currentTarget.value)} />
          </label>
          <button type="submit" aria-disabled={busy}>
            Run
          </button>
        </form>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void act((source) => source.moveClock({ speed: Number(speed) }));
          }}
        >
          <label>
            Speed, seconds there to one here
            <input inputMode="decimal" value={speed} onInput={(event) => setSpeed(event.currentTarget.value)} />
          </label>
          <button type="submit" aria-disabled={busy}>
            Set
          </button>
        </form>
        <Choice
          label="World"
          value={name}
          onChange={(other) => location.assign(other === 'default' ? '/_holdfast/' : `/_world/${other}/_holdfast/`)}
        >
          {worlds.map((world) => (
            <option value={world.name}>{`${world.name}, ${world.now}`}</option>
          ))}
        </Choice>
      </div>
      <p role="alert">{refusal}</p>
    </>
  );
}

/** Faults that need no more than a scope; anything else is given as JSON. */
const EXAMPLE = '{"kind":"job-fails","jobs":"backup","message":"An internal error occurred."}';

function Faults({ moment, act }: { readonly moment: Moment; readonly act: Act }) {
  const [kind, setKind] = useState('job-fails');
  const [jobs, setJobs] = useState('');
  const [whose, setWhose] = useState('');
  const [days, setDays] = useState('');
  const [json, setJson] = useState('');
  const add = (source: WorldSource) => {
    if (json.trim() !== '') {
      return source.addFault(parsed(json));
    }
    const now = Date.parse(moment.clock.now);
    const to = Number(days) > 0 ? { to: new Date(now + Number(days) * 86_400_000).toISOString() } : {};
    const scope = { ...(jobs !== '' && { jobs }), ...(whose !== '' && { resource: whose }) };
    return source.addFault({ kind, ...scope, ...to });
  };
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void act(add);
        }}
      >
        <Choice label="Fault" value={kind} onChange={setKind}>
          <option value="job-fails">jobs fail</option>
          <option value="job-hangs">jobs hang</option>
        </Choice>
        <Choice label="Jobs" value={jobs} onChange={setJobs}>
          <option value="">all</option>
          <option value="backup">backup</option>
          <option value="copy">copy</option>
          <option value="restore">restore</option>
        </Choice>
        <label>
          Resource, by name or ARN
          <input value={whose} placeholder="all" onInput={(event) => setWhose(event.currentTarget.value)} />
        </label>
        <label>
          For how many days
          <input
            inputMode="decimal"
            value={days}
            placeholder="until cleared"
            onInput={(event) => setDays(event.currentTarget.value)}
          />
        </label>
        <label>
          Or any fault, as JSON
          <input value={json} placeholder={EXAMPLE} size={40} onInput={(event) => setJson(event.currentTarget.value)} />
        </label>
        <button type="submit">Inject</button>
      </form>
      <Table
        caption="Faults"
        columns={[
          { title: 'Fault', cell: ({ id }) => id },
          { title: 'What', cell: ({ fault }) => <code>{JSON.stringify(fault)}</code> },
          { title: 'From', whole: true, cell: ({ from }) => from },
          { title: 'To', whole: true, cell: ({ to }) => to ?? 'until cleared' },
          { title: 'State', cell: ({ state }) => state },
          { title: 'Struck', numeric: true, cell: ({ strikes }) => strikes },
          {
            title: 'End it',
            cell: ({ id, state }) =>
              state === 'active' || state === 'planned' ? (
                <button type="button" onClick={() => void act((source) => source.clearFault(id))}>
                  Clear<span class="unseen">{` ${id}`}</span>
                </button>
              ) : (
                ''
              ),
          },
        ]}
        rows={moment.faults}
        none="Nothing was made to go wrong."
      />
    </>
  );
}

function parsed(json: string): object {
  try {
    return JSON.parse(json) as object;
  } catch (fault) {
    throw new Refused(`the fault must be JSON: ${(fault as Error).message}`);
  }
}

function LatestJobs({ moment }: { readonly moment: Moment }) {
  return (
    <Table
      caption="Latest jobs"
      size={10}
      columns={[
        { title: 'Created', whole: true, cell: ({ createdAt }) => instant(createdAt) },
        { title: 'Job', cell: ({ kind, ruleName }) => (ruleName === undefined ? kind : `${kind}, rule ${ruleName}`) },
        { title: 'State', cell: ({ state }) => state },
        { title: 'Resource', cell: ({ resourceArn }) => <code>{resourceArn}</code> },
        { title: 'Vault', cell: ({ backupVaultName }) => backupVaultName },
        {
          title: 'Why',
          cell: ({ why, statusMessage }) => (
            <div class="why">{[why, statusMessage].filter((text) => text !== '').join('; ')}</div>
          ),
        },
      ]}
      rows={moment.jobs}
      none="No job has begun."
    />
  );
}

function Events({ moment }: { readonly moment: Moment }) {
  return (
    <Table
      caption="Latest events"
      size={10}
      columns={[
        { title: 'At', whole: true, cell: ({ at }) => instant(at) },
        { title: 'What', cell: ({ kind, what }) => `${kind} ${what}` },
        { title: 'Resource', cell: ({ resourceArn = '' }) => <code>{resourceArn}</code> },
        { title: 'Vault', cell: ({ backupVaultArn }) => backupVaultArn?.split(':').at(-1) ?? '' },
        { title: 'Why', cell: ({ why }) => <div class="why">{why}</div> },
      ]}
      rows={moment.events}
      none="Nothing has happened."
    />
  );
}

function Decisions({ moment }: { readonly moment: Moment }) {
  return moment.enforced ? (
    <Table
      caption="Policies evaluated"
      size={10}
      columns={[
        { title: 'At', whole: true, cell: ({ at }) => instant(at) },
        { title: 'Action', cell: ({ action }) => action },
        { title: 'Decision', cell: ({ allowed }) => (allowed ? 'allowed' : <span class="bad">denied</span>) },
        { title: 'On', cell: ({ resource }) => <code>{resource}</code> },
        { title: 'Because', cell: ({ because }) => <div class="why">{because}</div> },
      ]}
      rows={moment.decisions}
      none="No policy was asked yet."
    />
  ) : (
    <p>Policies decide nothing in this World; serve --enforce-iam lets them.</p>
  );
}
