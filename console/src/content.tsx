/**
 * What became of the bytes of resources: what could not be done with them, and whether all that was captured is whole.
 *
 * Owns     what the last verification said.
 */
import { useState } from 'preact/hooks';
import { count, plural } from './format';
import { Table } from './table';
import type { ContentState } from '../../engine/src/report/content-damage';
import type { WorldSource } from './world';

interface ContentProps {
  readonly content: ContentState;
  readonly act: (deed: (source: WorldSource) => Promise<unknown>) => Promise<void>;
}

export function Content({ content, act }: ContentProps) {
  const [verified, setVerified] = useState<ContentState>();
  const damage = verified?.damage ?? null;
  return (
    <>
      <div class="controls">
        <button type="button" onClick={() => void act(async (source) => setVerified(await source.verifyContent()))}>
          Verify all that was captured
        </button>
        <a href={damage === null ? 'report.html' : 'report.html/verified'} download="holdfast-report.html">
          Save what this page shows as a report
        </a>
      </div>
      <p aria-live="polite">{verdict(damage) ?? 'Nothing was verified since this page was opened.'}</p>
      <ContentTables faults={content.faults} damage={damage} />
    </>
  );
}

/** The damage that was found, and what could not be done. */
export function ContentTables({ faults, damage }: ContentState) {
  return (
    <>
      {damage !== null && damage.length > 0 && (
        <Table
          caption="Damage"
          columns={[
            { title: 'Where', cell: ({ where }) => <code>{where}</code> },
            { title: 'What', cell: ({ reason }) => <span class="bad">{reason}</span> },
            { title: 'Points', numeric: true, cell: ({ recoveryPointArns }) => count(recoveryPointArns.length) },
            {
              title: 'That can no longer be restored whole',
              cell: ({ recoveryPointArns }) =>
                recoveryPointArns.map((arn) => (
                  <div class="why">
                    <code>{arn}</code>
                  </div>
                )),
            },
          ]}
          rows={damage}
          none=""
        />
      )}
      <Table
        caption="What could not be done with contents"
        columns={[
          { title: 'At', cell: ({ at }) => at },
          { title: 'What', cell: ({ what }) => what },
          { title: 'Resource', cell: ({ resourceArn }) => <code>{resourceArn}</code> },
          { title: 'Why', cell: ({ message }) => <div class="why">{message}</div> },
        ]}
        rows={faults}
        size={10}
        none="No capture, copy or restore of contents failed."
      />
    </>
  );
}

/** What a report says of contents. */
export function SavedContent({ content }: { readonly content: ContentState }) {
  return (
    <>
      <p>{verdict(content.damage) ?? 'What was captured was not verified for this report.'}</p>
      <ContentTables {...content} />
    </>
  );
}

function verdict(damage: ContentState['damage']): string | undefined {
  if (damage === null) {
    return undefined;
  }
  return damage.length === 0
    ? 'All that was captured is what was written.'
    : `${plural(damage.length, 'place')} of the store ${damage.length === 1 ? 'is' : 'are'} damaged.`;
}
