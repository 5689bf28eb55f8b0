import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { AssetType, TerraformAsset, TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { attachPolicy, functionRole, RoleStatement } from './service-role';
import { zipFile } from './zip-file';

/** Properties of a `GlueFunction`. */
export interface GlueFunctionProps {
  /** What the function does, for whoever finds it in the account. */
  readonly description: string;
  /** The text of lambda-code/<name>.ts. */
  readonly code: string;
  /** What the function may do, beside writing its log. */
  readonly statements: RoleStatement[];
  /** Variables of its environment. */
  readonly environment?: { [key: string]: string };
  /** Seconds that one call may take; 1 minute unless said. */
  readonly timeoutSeconds?: number;
  readonly tags?: { [key: string]: string };
  readonly provider?: TerraformProvider;
}

const LOG_DAYS = 365;

/**
 * A small Lambda function that a construct brings along, its code as an asset of the stack.
 *
 * The same code gives the same bytes, hence the same plan, on every machine. The code is written and tested in lambda/ and bundled
 * by tools/generate-lambda-code.ts.
 */
export class GlueFunction extends Construct {
  public readonly lambdaFunction: LambdaFunction;

  constructor(scope: Construct, id: string, props: GlueFunctionProps) {
    super(scope, id);
    const { description, environment, tags, provider } = props;
    const logGroup = new CloudwatchLogGroup(this, 'Log', {
      // Lambda writes into a group of the name of the function unless it is told of another.
      namePrefix: '/holdfast/',
      retentionInDays: LOG_DAYS,
      tags,
      provider,
    });
    const role = functionRole(this, 'Role', { description, tags, provider });
    const writing = { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: [`${logGroup.arn}:*`] };
    const attachment = attachPolicy(this, 'Policy', role.role.name, [...props.statements, writing], { tags, provider });
    const { asset, sourceCodeHash } = this.code(props.code);
    this.lambdaFunction = new LambdaFunction(this, 'Function', {
      functionName: nameOf(this),
      description,
      // The newest one that version 5 of the AWS provider knows.
      runtime: 'nodejs22.x',
      architectures: ['arm64'],
      handler: 'index.handler',
      filename: asset.path,
      sourceCodeHash,
      environment: environment && { variables: environment },
      timeout: props.timeoutSeconds ?? 60,
      memorySize: 128,
      loggingConfig: { logFormat: 'Text', logGroup: logGroup.name },
      role: role.role.arn,
      tags,
      provider,
      dependsOn: [attachment],
    });
  }

  private code(text: string): { readonly asset: TerraformAsset; readonly sourceCodeHash: string } {
    const zip = zipFile('index.js', text);
    const path = join(scratch(), `${createHash('sha256').update(zip).digest('hex')}.zip`);
    writeFileSync(path, zip);
    const asset = new TerraformAsset(this, 'Code', { path, type: AssetType.FILE });
    return { asset, sourceCodeHash: createHash('sha256').update(zip).digest('base64') };
  }
}

/** Lambda takes 64 characters; the end tells two of one name in several stacks apart. */
function nameOf({ node }: Construct): string {
  const path = node.path.replace(/[^a-zA-Z0-9_]+/g, '-').slice(-46);
  return `holdfast-${path}-${node.addr.slice(-8)}`;
}

let folder: string | undefined;

/** Where files wait until synthesis copies them; gone with the process. */
function scratch(): string {
  if (folder === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'holdfast-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  return folder;
}
