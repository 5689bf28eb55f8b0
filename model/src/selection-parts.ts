import { Finding, IValueProbe } from './finding';
import { members } from './private/reading';
import { RESOURCE_TAG } from './private/resource-tag';
import { BackupSelection, TagCondition } from './selection';

/** What one selection holds at most (Source B3.2/4). */
const ARNS = 500;
const WILDCARD_ARNS = 30;
const TAGS = 30;

/** Rules that ask how many selections a plan has, and what they are called. */
const COUNTING = ['plan-selections', 'plan-tag-selections', 'plan-selection-names'];

/** What is split is no longer over a limit; what is left out is not split. */
const SPLIT = [/^selection-(arns|wildcard-arns) (.*\.)?resources$/, /^selection-tags (.*\.)?listOfTags$/];

/** Longest name of a selection. */
const NAME = 50;

/**
 * A selection over AWS's limits as several that together select the same.
 *
 * ARNs and tags are alternatives to each other (Source B3.1/3), so they can be dealt out; what is left out and the conditions
 * count for each of them, so that every part carries all of those. More than 500 ARNs left out, or more than 30 conditions,
 * can therefore not be split, and stay a finding.
 */
export class SelectionParts {
  /**
   * What stands before the key of a tag in conditions, of selections of plans and of restore tests alike.
   */
  public static readonly RESOURCE_TAG = RESOURCE_TAG;

  /**
   * The parts, as few as there can be: the selection itself where it is within the limits.
   *
   * The first part keeps the name, the others end in `-2`, `-3` and so on, shortened to the 50 characters that a name may
   * have. A value that is not known now counts as an ARN without a star (Assumed).
   *
   * @param selection the declaration
   * @param probe tells which values are known now
   */
  public static split(selection: BackupSelection, probe: IValueProbe): BackupSelection[] {
    const arns = dealt(listOf(selection.resources, probe), probe);
    const tags = slices(listOf(selection.listOfTags, probe), TAGS);
    const count = Math.max(arns.length, tags.length);
    if (count <= 1) {
      return [selection];
    }
    return Array.from({ length: count }, (_, index) => ({
      ...selection,
      selectionName: nameOf(selection.selectionName, index, probe),
      resources: arns[index],
      listOfTags: tags[index],
    }));
  }

  /**
   * What is said of a selection that was split, with places as its author declared them: what was found in the whole, but for
   * what the split answers, and of what was found in the parts what counts selections.
   *
   * @param ofWhole what was found with the selection as it was declared
   * @param ofParts what was found with its parts in its place
   */
  public static findings(ofWhole: Finding[], ofParts: Finding[]): Finding[] {
    return [
      ...ofWhole.filter((finding) => isLeft(finding) && !COUNTING.includes(finding.rule)),
      ...ofParts.filter((finding) => COUNTING.includes(finding.rule)),
    ];
  }

  private constructor() {}
}

/** ARNs dealt out, each part in the order of the declaration. */
function dealt(arns: readonly string[], probe: IValueProbe): string[][] {
  const parts: string[][] = [];
  let [plain, wild] = [0, 0];
  for (const arn of arns) {
    const part = isStarred(arn, probe) ? Math.floor(wild++ / WILDCARD_ARNS) : Math.floor(plain++ / ARNS);
    (parts[part] ??= []).push(arn);
  }
  return parts;
}

function isStarred(arn: string, probe: IValueProbe): boolean {
  return probe.known(arn) && String(arn).includes('*');
}

/** A list as it is, tokens included; none where the list itself is not known or not there. */
function listOf<T extends string | TagCondition>(list: T[] | undefined, probe: IValueProbe): T[] {
  return members([list], probe).flatMap(([, all]) => (Array.isArray(all) ? all : []));
}

function slices<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}

function nameOf(name: string, index: number, probe: IValueProbe): string {
  if (index === 0) {
    return name;
  }
  const suffix = `-${index + 1}`;
  const room = probe.known(name) ? String(name).slice(0, NAME - suffix.length) : name;
  return `${room}${suffix}`;
}

function isLeft({ rule, path }: Finding): boolean {
  return !SPLIT.some((form) => form.test(`${rule} ${path}`));
}
