/**
 * Tables that fit the page: a part of the rows at a time, and keys to turn it.
 *
 * Owns     which part is shown.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { count } from './format';

export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => ComponentChildren;
  readonly numeric?: boolean;
  /** Whether it stands on one line, as an instant does. */
  readonly whole?: boolean;
}

interface TableProps<T> {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly size?: number;
  /** What stands where there is no row. */
  readonly none: string;
}

export function Table<T>({ caption, columns, rows, size = 20, none }: TableProps<T>) {
  const [from, setFrom] = useState(0);
  useEffect(() => setFrom(0), [rows]);
  if (rows.length === 0) {
    return <p class="none">{none}</p>;
  }
  const shown = rows.slice(from, from + size);
  const to = from + shown.length;
  return (
    <div class="paged">
      <div class="scroll" tabIndex={0} role="region" aria-label={`${caption}, table`}>
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              {columns.map(({ title, ...column }) => (
                <th scope="col" class={classOf(column)}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr>
                {columns.map(({ cell, ...column }, place) =>
                  place === 0 ? (
                    <th scope="row" class={classOf(column)}>
                      {cell(row)}
                    </th>
                  ) : (
                    <td class={classOf(column)}>{cell(row)}</td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > size && (
        <p class="turn">
          <button type="button" disabled={from === 0} onClick={() => setFrom(Math.max(0, from - size))}>
            Previous<span class="unseen"> rows of {caption}</span>
          </button>
          <span aria-live="polite">
            {count(from + 1)} to {count(to)} of {count(rows.length)}
          </span>
          <button type="button" disabled={to >= rows.length} onClick={() => setFrom(from + size)}>
            Next<span class="unseen"> rows of {caption}</span>
          </button>
        </p>
      )}
    </div>
  );
}

function classOf({ numeric, whole }: Pick<Column<never>, 'numeric' | 'whole'>): string {
  return numeric === true ? 'number' : whole === true ? 'whole' : '';
}
