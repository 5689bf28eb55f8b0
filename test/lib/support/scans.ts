// What other tools say of an app that uses our constructs: cdk-nag's packs, and cfn-lint where the machine has it.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Stack, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { exercised, onPath, skipped } from '../../support/programs';
import { temporaryFolder } from '../../support/synth';

/** A finding of cdk-nag: rule, construct, and what it says. */
interface Violation {
  readonly ruleName: string;
  readonly violatingConstructs?: { readonly constructPath?: string }[];
}

/** An app whose stacks cdk-nag's AwsSolutions, HIPAA, NIST 800-53 R5 and PCI DSS packs look at. */
export function naggedApp(context: Record<string, unknown> = {}): App {
  const app = new App({ context, outdir: temporaryFolder('nagged') });
  Validations.of(app).addPlugins(
    new AwsSolutionsChecks(app),
    new HIPAASecurityChecks(app),
    new NIST80053R5Checks(app),
    new PCIDSS321Checks(app),
  );
  return app;
}

/** A stack `S` of a known account and Region in a nagged app. */
export function naggedStack(): Stack {
  return new Stack(naggedApp(), 'S', { env: { account: '111122223333', region: 'eu-central-1' } });
}

/** Synthesizes a nagged app and gives what cdk-nag found that nobody acknowledged, as `rule at construct`. */
export function nagFindings(app: App): string[] {
  const file = path.join(app.outdir, 'validation-report.json');
  try {
    app.synth();
  } catch (error) {
    // CDK throws because of the findings, too; then they stand in its report.
    if (!fs.existsSync(file)) {
      throw error;
    }
  }
  if (!fs.existsSync(file)) {
    return [];
  }
  const report = JSON.parse(fs.readFileSync(file, 'utf8')) as {
    pluginReports: { violations: Violation[] }[];
  };
  return report.pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs = [{}] }) =>
      violatingConstructs.map(({ constructPath = '?' }) => `${ruleName} at ${constructPath}`),
    ),
  );
}

/** What cfn-lint says of the templates of an app; nothing, with a printed reason, where the machine has no cfn-lint. */
export function cfnLint(app: App, what: string, ...ignored: string[]): string {
  if (onPath('cfn-lint') === undefined) {
    skipped('cfn-lint', 'cfn-lint is not on PATH');
    return '';
  }
  const { directory, stacksRecursively } = app.synth();
  const templates = stacksRecursively.map((stack) => path.join(directory, stack.templateFile));
  const args = ignored.length === 0 ? [] : ['--ignore-checks', ...ignored];
  const { stdout, stderr } = spawnSync('cfn-lint', [...args, '--', ...templates], { encoding: 'utf8' });
  exercised('cfn-lint', what);
  return stdout + stderr;
}
