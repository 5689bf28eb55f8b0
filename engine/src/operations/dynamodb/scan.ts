/**
 * Scan.
 *
 * Source   API of DynamoDB 2012-08-10; texts: as dynalite 4.0.0 has them. Assumed: the order is that of a hash of the key.
 */
import type { ScanCommandInput, ScanCommandOutput } from '@aws-sdk/client-dynamodb';
import { type Row, segmentOf } from '../../domain/keyed-rows';
import type { WorldState } from '../../domain/world-state';
import { invalid } from '../attribute-input';
import type { Caller } from '../caller';
import { findItems, refuseMembers, refuseMixed } from '../item-input';
import { askPage, indexOfPage, PAGE_MEMBERS, pageOf, startOf } from '../item-pages';

const MOST_SEGMENTS = 1_000_000;

export function scan(state: WorldState, caller: Caller, input: ScanCommandInput): Omit<ScanCommandOutput, '$metadata'> {
  refuseMembers(input, {
    ...PAGE_MEMBERS,
    TotalSegments: { least: 1, most: MOST_SEGMENTS },
    Segment: { least: 0, most: MOST_SEGMENTS - 1 },
  });
  refuseMixed(
    input,
    ['ProjectionExpression', 'FilterExpression'],
    ['AttributesToGet', 'ScanFilter', 'ConditionalOperator'],
  );
  const page = askPage(input, input.ScanFilter);
  refuseSegments(input);
  const table = findItems(state, caller, input.TableName);
  const index = indexOfPage(page, table.items);
  const start = startOf(page, table.items, index);
  const { Segment: number = 0, TotalSegments: total = 1 } = input;
  refuseElsewhere(start, number, total);
  const rows = (index ?? table.items).rows.rows(start, { number, total });
  return pageOf(table, page, index, rows) as Omit<ScanCommandOutput, '$metadata'>;
}

function refuseSegments({ Segment: segment, TotalSegments: total }: ScanCommandInput): void {
  const required = 'parameter is required but was not present in the request when';
  if (segment !== undefined && total === undefined) {
    throw invalid(`The TotalSegments ${required} Segment parameter is present`);
  }
  if (segment === undefined && total !== undefined) {
    throw invalid(`The Segment ${required} parameter TotalSegments is present`);
  }
  if (segment !== undefined && total !== undefined && segment >= total) {
    const said = `Segment: ${segment} is not less than TotalSegments: ${total}`;
    throw invalid(`The Segment parameter is zero-based and must be less than parameter TotalSegments: ${said}`);
  }
}

function refuseElsewhere(start: Row | undefined, number: number, total: number): void {
  if (start !== undefined && segmentOf(start.hashKey, total) !== number) {
    const said = `TotalSegments: ${total} Segment: ${number}`;
    const text = 'Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment.';
    throw invalid(`The provided starting key is invalid: ${text} ${said}`);
  }
}
