import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { OrganizationProvision } from '@holdfast/model';
import { Annotations, App, BootstraplessSynthesizer, CfnParameter, Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { MemberAccount, MemberAccountProps } from '../member-account';

/** Parameter of the template: the Region in which the roles are made. */
export const ROLES_REGION = 'RolesRegion';

/** A template that stands for itself, and what it makes. */
export interface MemberTemplate {
  readonly template: object;
  readonly provision: OrganizationProvision;
}

/**
 * The template of the member part, synthesized in an app of its own, so that it names no place and needs no asset.
 *
 * The app has the context of the surrounding one (feature flags decide logical ids), and writes into a folder that goes
 * again. What it warns of is said at the construct that carries the template.
 */
export function memberTemplate(carrier: IConstruct, props: MemberAccountProps): MemberTemplate {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-member-'));
  try {
    const app = new App({
      outdir,
      autoSynth: false,
      analyticsReporting: false,
      treeMetadata: false,
      context: carrier.node.getAllContext() as { [key: string]: unknown },
    });
    const stack = new Stack(app, 'Member', { synthesizer: new BootstraplessSynthesizer() });
    const rolesRegion = new CfnParameter(stack, ROLES_REGION, {
      type: 'String',
      description: 'Region in which the roles are made, as roles are global',
    });
    const { provision } = new MemberAccount(stack, 'MemberAccount', {
      ...props,
      rolesRegion: rolesRegion.valueAsString,
    });
    const artifact = app.synth().getStackArtifact(stack.artifactId);
    for (const { level, entry } of artifact.messages) {
      const text = String(entry.data);
      if (level === 'warning') {
        Annotations.of(carrier).addWarning(text);
      } else if (level === 'info') {
        Annotations.of(carrier).addInfo(text);
      }
    }
    return { template: artifact.template as object, provision };
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}
