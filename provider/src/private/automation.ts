import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { SsmDocument } from '@cdktf/provider-aws/lib/ssm-document';
import { Fn, ITerraformDependable, TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { renderPolicy } from './render-policy';
import { attachPolicy, passing, RoleStatement, ServiceRole, serviceRole } from './service-role';

const SSM = 'ssm.amazonaws.com';

/** Who makes what an automation needs, and how it is tagged. */
export interface AutomationOptions {
  readonly tags?: { [key: string]: string };
  readonly provider?: TerraformProvider;
}

/** A role that Systems Manager alone assumes, to run a runbook. */
export function automationRole(
  scope: Construct,
  description: string,
  statements: RoleStatement[],
  options: AutomationOptions,
): ServiceRole {
  const made = serviceRole(scope, 'AutomationRole', SSM, { description, ...options });
  const attached = attachPolicy(scope, 'AutomationPolicy', made.role.name, statements, options);
  return { role: made.role, policies: [attached] };
}

/** Properties of an `automationDocument`. */
export interface AutomationDocumentProps extends AutomationOptions {
  readonly documentName?: string;
  readonly content: object;
  /** What a run needs; whoever finds the document may run it. */
  readonly dependsOn: ITerraformDependable[];
}

/** The document of a runbook. A change of its content is a new version, which is the default from then on. */
export function automationDocument(scope: Construct, props: AutomationDocumentProps): SsmDocument {
  return new SsmDocument(scope, 'Resource', {
    name: props.documentName ?? nameOf(scope),
    documentType: 'Automation',
    documentFormat: 'JSON',
    content: renderPolicy(props.content),
    tags: props.tags,
    provider: props.provider,
    dependsOn: props.dependsOn,
  });
}

/** Lets a role start a runbook, and pass the runbook's role to Systems Manager. */
export function grantStart(
  scope: Construct,
  id: string,
  roleName: string,
  document: SsmDocument,
  roleArn: string,
  options: AutomationOptions,
): IamRolePolicyAttachment {
  const definition = Fn.replace(document.arn, ':document/', ':automation-definition/');
  const statements = [
    { Action: ['ssm:StartAutomationExecution'], Resource: [`${definition}:*`] },
    passing(roleArn, SSM),
  ];
  return attachPolicy(scope, id, roleName, statements, options);
}

/** Terraform has to be told a name, and CloudFormation would make such a one. Names that begin with `aws` are AWS's. */
function nameOf({ node }: Construct): string {
  const path = node.path.replace(/[^a-zA-Z0-9_.]+/g, '-').slice(0, 100);
  return `runbook-${path}-${node.addr.slice(-8)}`;
}
