import { Finding, IValueProbe } from './finding';
import { at, found } from './private/found';
import { absent, lengthOf, members, readable, shown } from './private/reading';
import { ORGANIZATION } from './private/tables/organization';

/**
 * A stack that CloudFormation puts into the accounts of organizational units.
 */
export interface OrganizationStackSet {
  /**
   * Ids of the root or of organizational units whose accounts get the stack.
   */
  readonly targetIds: string[];

  /**
   * Regions in which each account gets the stack.
   */
  readonly regions: string[];

  /**
   * The Region in which the template makes its roles, which are global.
   *
   * @default - the template makes none
   */
  readonly rolesRegion?: string;

  /**
   * The template, as JSON text.
   */
  readonly templateBody: string;
}

const TARGET = /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/;

/**
 * What CloudFormation refuses in a stack set of an organization.
 */
export class OrganizationStackSetRules {
  /**
   * The greatest template that goes along with a call of CloudFormation, in bytes (Source CreateStack, CreateStackSet).
   */
  public static readonly TEMPLATE_BYTES = 51200;

  /**
   * What the rules find. Never throws.
   *
   * @param stackSet the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(stackSet: OrganizationStackSet, path: string, probe: IValueProbe): Finding[] {
    const { targetIds, regions, rolesRegion, templateBody } = stackSet;
    const findings: Finding[] = [];
    if (absent(targetIds) || lengthOf(targetIds, probe) === 0) {
      findings.push(found(ORGANIZATION.stackSetTarget, at(path, 'targetIds'), 'none'));
    }
    for (const [index, target] of members(targetIds, probe)) {
      if (!TARGET.test(target)) {
        findings.push(found(ORGANIZATION.stackSetTarget, at(at(path, 'targetIds'), index), shown(target)));
      }
    }
    if (absent(regions) || lengthOf(regions, probe) === 0) {
      findings.push(found(ORGANIZATION.stackSetRegions, at(path, 'regions'), 'none'));
    }
    const known = members(regions, probe).map(([, region]) => region);
    if (readable(rolesRegion, probe) && known.length === lengthOf(regions, probe) && !known.includes(rolesRegion)) {
      findings.push(found(ORGANIZATION.stackSetRolesRegion, at(path, 'rolesRegion'), shown(rolesRegion)));
    }
    if (readable(templateBody, probe) && bytesOf(templateBody) > OrganizationStackSetRules.TEMPLATE_BYTES) {
      findings.push(found(ORGANIZATION.stackSetSize, at(path, 'templateBody'), `${bytesOf(templateBody)} bytes`));
    }
    return findings;
  }

  private constructor() {}
}

/** Length in UTF-8, in which half of a surrogate pair is two of four bytes. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
  }
  return bytes;
}
