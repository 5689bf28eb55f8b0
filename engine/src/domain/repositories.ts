/**
 * Repositories of ECR. They hold no images: nothing here pushes or pulls.
 *
 * Owns     the repositories by account, Region and name.
 * Units    `…At` are Instants.
 * Source   ECR API reference 2015-09-21 (read 2026-11-26).
 * Spec     repositories.md
 */
import type { Environment } from '@holdfast/model';
import type { Instant } from '../kernel/instant';
import { Shelf } from './shelf';

/** What may be changed about it. */
export interface RepositorySettings {
  /** `MUTABLE` or `IMMUTABLE`, or either with exclusions. */
  readonly tagMutability: string;
  readonly scanOnPush: boolean;
  /** JSON text. */
  readonly policy: string | undefined;
  /** JSON text. */
  readonly lifecyclePolicy: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

export interface Repository extends RepositorySettings {
  readonly env: Environment;
  readonly name: string;
  readonly createdAt: Instant;
  readonly encryption: { readonly type: string; readonly keyArn: string | undefined };
}

export class Repositories {
  private readonly shelf = new Shelf<Repository>();

  tryFind(env: Environment, name: string): Repository | undefined {
    return this.shelf.tryFind(env, name);
  }

  /** Those of an account and Region, by name. */
  list(env: Environment): Repository[] {
    return this.shelf.list(env);
  }

  /** Puts a repository, in the place of one of its name. */
  put(repository: Repository): Repository {
    return this.shelf.put(repository.env, repository.name, repository);
  }

  change(repository: Repository, changed: Partial<RepositorySettings>): Repository {
    return this.put({ ...repository, ...changed });
  }

  remove({ env, name }: Repository): void {
    this.shelf.remove(env, name);
  }
}

export function repositoryArn(env: Environment, name: string): string {
  return `arn:${env.partition}:ecr:${env.region}:${env.account}:repository/${name}`;
}
