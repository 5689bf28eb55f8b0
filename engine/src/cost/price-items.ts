/**
 * Which price a line of usage asks for, in which unit, and under which service of the bill it stands.
 *
 * Pure: a line in, words out.
 * Source   B16.1, B16.2; B16.2/14: locks, holds and policies of organizations have no line, as they cost nothing.
 */
import { ServiceSupport } from '@holdfast/model';
import type { UsageLine } from '../domain/meter-lines';
import type { PriceUnit } from './price-book';

/** Words of items in price books. */
export const ITEM = {
  storage: (tier: string, service: string) => `storage/${tier}/${service}`,
  restore: (tier: string, service: string) => `restore/${tier}/${service}`,
  crossRegion: 'transfer/cross-region',
  crossAccount: 'transfer/cross-account',
  restoreTest: 'restore-test/point',
  audit: 'audit/evaluation',
  index: (service: string) => `index/item/${service}`,
  indexUnsized: (service: string) => `index/of-unknown-size/${service}`,
  search: 'search/search',
  objectGet: 'request/get/s3',
  objectList: 'request/list/s3',
  objectEvent: 'event/s3',
  objectMove: 'tiering/object/s3',
  scan: (service: string) => `scan/${service}`,
} as const;

export interface Asked {
  readonly item: string;
  readonly unit: PriceUnit;
  /** Name of the service as bills show it. */
  readonly billedTo: string;
}

const AWS_BACKUP = 'AWS Backup';

export function askedBy(line: UsageLine): Asked {
  const { kind, service, tier = 'warm', env, to } = line;
  switch (kind) {
    case 'storage':
    case 'provisioned':
      return { item: ITEM.storage(tier, service), unit: 'GiB-month', billedTo: placeOnBill(line) };
    case 'early-deletion':
      return { item: ITEM.storage('cold', service), unit: 'GiB-month', billedTo: placeOnBill(line) };
    case 'transfer': {
      const item = env.region === to?.region ? ITEM.crossAccount : ITEM.crossRegion;
      return { item, unit: 'GiB', billedTo: placeOnBill(line) };
    }
    case 'restore':
      return { item: ITEM.restore(tier, service), unit: 'GiB', billedTo: placeOnBill(line) };
    case 'restore-test':
      return { item: ITEM.restoreTest, unit: 'piece', billedTo: AWS_BACKUP };
    case 'audit':
      return { item: ITEM.audit, unit: 'piece', billedTo: AWS_BACKUP };
    case 'index':
      return { item: ITEM.index(service), unit: 'piece', billedTo: AWS_BACKUP };
    case 'index-unsized':
      return { item: ITEM.indexUnsized(service), unit: 'piece', billedTo: AWS_BACKUP };
    case 'search':
      return { item: ITEM.search, unit: 'piece', billedTo: AWS_BACKUP };
    case 'object-get':
      return { item: ITEM.objectGet, unit: 'piece', billedTo: ServiceSupport.find(service).name };
    case 'object-list':
      return { item: ITEM.objectList, unit: 'piece', billedTo: ServiceSupport.find(service).name };
    case 'object-event':
      return { item: ITEM.objectEvent, unit: 'piece', billedTo: 'Amazon EventBridge' };
    case 'object-move':
      return { item: ITEM.objectMove, unit: 'piece', billedTo: placeOnBill(line) };
    case 'scan':
      // Source B16.2/13.
      return { item: ITEM.scan(service), unit: 'GiB', billedTo: 'Amazon GuardDuty' };
  }
}

/** Source B16.1/1 and B16.1/2. */
function placeOnBill({ service, vault }: UsageLine): string {
  const features = ServiceSupport.find(service);
  return features.fullManagement || vault?.made.airGapped === true ? AWS_BACKUP : features.name;
}
