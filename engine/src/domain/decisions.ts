/**
 * What policies decided lately, for whoever looks on.
 *
 * Owns     the latest decisions. Nothing is kept until somebody asks for it.
 * Units    `at` is an Instant.
 */
import type { Instant } from '../kernel/instant';
import type { AuthorizationRequest } from './policy/request';
import type { Verdict } from './policy/verdict';

export interface Decision {
  readonly at: Instant;
  readonly action: string;
  readonly resource: string;
  readonly allowed: boolean;
  /** Who, what, on what, and which policy said so. */
  readonly because: string;
}

const KEPT = 200;

export class Decisions {
  private kept: Decision[] | undefined;

  /** Begins to keep. */
  listen(): void {
    this.kept ??= [];
  }

  note(at: Instant, { action, resource }: AuthorizationRequest, { allowed, because }: Verdict): void {
    if (this.kept === undefined) {
      return;
    }
    this.kept.push({ at, action, resource, allowed, because });
    if (this.kept.length > 2 * KEPT) {
      this.kept = this.kept.slice(-KEPT);
    }
  }

  /** The latest first. */
  latest(): readonly Decision[] {
    return (this.kept ?? []).slice(-KEPT).reverse();
  }
}
