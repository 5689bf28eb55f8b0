import { ServiceFeatures } from '../support/service-features';
import { Glob } from './glob';

interface Entry {
  readonly index: number;
  readonly text: string;
}

interface Wildcard extends Entry {
  readonly glob: Glob;
}

/** The ARNs of `resources` or `notResources`: those without a star in a map, the others compiled once. */
export class ArnList {
  private readonly exact = new Map<string, Entry>();
  private readonly wildcards: Wildcard[] = [];

  constructor(
    private readonly member: string,
    arns: readonly string[],
  ) {
    arns.forEach((text, index) => {
      if (text.includes('*')) {
        this.wildcards.push({ index, text, glob: new Glob(text) });
      } else if (!this.exact.has(text)) {
        this.exact.set(text, { index, text });
      }
    });
  }

  /** The first entry that matches, in words; undefined when none does. */
  public find(arn: string): string | undefined {
    const entry = this.exact.get(arn) ?? this.wildcards.find(({ glob }) => glob.matches(arn));
    return entry === undefined ? undefined : this.describe(entry);
  }

  /** The first entry that matches and names the service's resource type, or the resource itself (Source B3.3/4). */
  public findNaming(arn: string, service: ServiceFeatures): string | undefined {
    const entry =
      this.exact.get(arn) ?? this.wildcards.find(({ glob, text }) => namesType(text, service) && glob.matches(arn));
    return entry === undefined ? undefined : this.describe(entry);
  }

  private describe({ index, text }: Entry): string {
    return `${this.member}[${index}] ${text}`;
  }
}

/**
 * Whether a pattern names the resource type of a service: `arn:aws:ec2:*:*:instance/*` does, `arn:aws:ec2:*` does not.
 *
 * Assumed: a star that reaches over colons names no type; an S3 ARN, which has no type in it, names the bucket once the
 * pattern reaches its sixth part.
 */
function namesType(pattern: string, service: ServiceFeatures): boolean {
  const parts = pattern.split(':');
  if (parts.length < 6) {
    return false;
  }
  const type = /^[\w-]+[:/]/.exec(service.arnPattern.split(':').slice(5).join(':'))?.[0] ?? '';
  const literal = parts.slice(5).join(':').split('*', 1)[0];
  return literal.startsWith(type);
}
