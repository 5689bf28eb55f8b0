/**
 * Dashboards of CloudWatch.
 *
 * Owns     the dashboards by account: their names are the same in all Regions.
 * Units    `…At` are Instants.
 * Source   API of CloudWatch 2010-08-01.
 * Spec     dashboards.md
 */
import type { Instant } from '../kernel/instant';
import { Shelf } from './shelf';

export interface Dashboard {
  readonly name: string;
  readonly body: string;
  readonly changedAt: Instant;
}

export class Dashboards {
  private readonly shelf = new Shelf<Dashboard>();

  tryFind(account: string, name: string): Dashboard | undefined {
    return this.shelf.tryFind(placeOfAccount(account), name);
  }

  put(account: string, dashboard: Dashboard): void {
    this.shelf.put(placeOfAccount(account), dashboard.name, dashboard);
  }

  remove(account: string, name: string): void {
    this.shelf.remove(placeOfAccount(account), name);
  }

  list(account: string): Dashboard[] {
    return this.shelf.list(placeOfAccount(account));
  }
}

function placeOfAccount(account: string) {
  return { partition: 'aws', account, region: '' };
}
