import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';

/** Properties of a `GlueFunction`. */
export interface GlueFunctionProps {
  /** What the function does, for whoever finds it in the account. */
  readonly description: string;
  /** The text of lambda-code/<name>.ts. */
  readonly code: string;
  /** What the function may do, beside writing its log. */
  readonly statements: iam.PolicyStatement[];
  /** Variables of its environment. */
  readonly environment?: { [key: string]: string };
  /** Time that one call may take; 1 minute unless said. */
  readonly timeout?: Duration;
}

const WHY = {
  'HIPAA.Security-LambdaInsideVPC': 'It calls AWS APIs alone and opens no connection into a network of yours.',
  'NIST.800.53.R5-LambdaInsideVPC': 'It calls AWS APIs alone and opens no connection into a network of yours.',
  'PCI.DSS.321-LambdaInsideVPC': 'It calls AWS APIs alone and opens no connection into a network of yours.',
  'HIPAA.Security-LambdaConcurrency':
    'It is called a few times a day; reserving concurrency would take it from others.',
  'NIST.800.53.R5-LambdaConcurrency':
    'It is called a few times a day; reserving concurrency would take it from others.',
  'HIPAA.Security-LambdaDLQ': 'Who calls it retries, and is told of a failure.',
  'NIST.800.53.R5-LambdaDLQ': 'Who calls it retries, and is told of a failure.',
};

const LOG = 'The log holds names, ARNs and messages of errors; CloudWatch Logs encrypts it with a key of its own.';
const WHY_LOG = {
  'HIPAA.Security-CloudWatchLogGroupEncrypted': LOG,
  'NIST.800.53.R5-CloudWatchLogGroupEncrypted': LOG,
  'PCI.DSS.321-CloudWatchLogGroupEncrypted': LOG,
};

/**
 * A small Lambda function that a construct brings along, its code inline in the template.
 *
 * No asset has to be uploaded, so that the template is of use in StackSets and without a bootstrap. The code is written and
 * tested in lambda/ and bundled by tools/generate-lambda-code.ts.
 */
export class GlueFunction extends Construct {
  public readonly lambdaFunction: lambda.Function;

  constructor(scope: Construct, id: string, props: GlueFunctionProps) {
    super(scope, id);
    const logGroup = new logs.LogGroup(this, 'Log', {
      retention: logs.RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new iam.Role(this, 'Role', {
      description: props.description,
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    const policy = new iam.ManagedPolicy(this, 'Policy', { roles: [role], statements: props.statements });
    logGroup.grantWrite(policy);
    this.lambdaFunction = new lambda.Function(this, 'Function', {
      description: props.description,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      handler: 'index.handler',
      code: lambda.Code.fromInline(props.code),
      environment: props.environment,
      timeout: props.timeout ?? Duration.minutes(1),
      logGroup,
      role,
    });
    this.lambdaFunction.node.addDependency(policy);
    // CDK's own function depends on its role by name, too, beside referring to it.
    const resource = this.lambdaFunction.node.defaultChild as lambda.CfnFunction;
    resource.addMetadata('cfn-lint', { config: { ignore_checks: ['W3005'] } });
    acknowledge(this.lambdaFunction, WHY);
    acknowledge(logGroup, WHY_LOG);
  }
}
