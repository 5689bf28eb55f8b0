import { AlertTopic, AlertTopicProps } from '@holdfast/cdktf';
import { TerraformStack } from 'cdktf';
import { addresses, all, message, only, refusal, sentence, stackOf, variables } from './support/stacks';

const KEY_ARN = 'arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555';

interface Statement {
  readonly Sid: string;
  readonly Condition?: unknown;
}

function stackWith(props: AlertTopicProps = {}): TerraformStack {
  const stack = stackOf();
  new AlertTopic(stack, 'Alerts', props);
  return stack;
}

function statements(stack: TerraformStack, type: string): Statement[] {
  return (JSON.parse(only(stack, type).policy as string) as { Statement: Statement[] }).Statement;
}

test('the topic, its policy and its key have fixed addresses', () => {
  expect(addresses(stackWith({ emails: ['a@example.com', 'b@example.com'] }))).toEqual([
    'aws_kms_key.Alerts_Key_D117377E',
    'aws_sns_topic.Alerts_91F83244',
    'aws_sns_topic_policy.Alerts_Policy_9A7AFDBB',
    'aws_sns_topic_subscription.Alerts_Email0_0505A864',
    'aws_sns_topic_subscription.Alerts_Email1_610A86A7',
  ]);
});

test('alarms, rules, budgets and AWS Backup may publish, and nothing may in the clear', () => {
  const found = statements(stackWith(), 'aws_sns_topic_policy');
  expect(found.map(({ Sid }) => Sid)).toEqual([
    'DenyPublishWithoutTls',
    'AllowAlarms',
    'AllowRules',
    'AllowBudgets',
    'AllowBackup',
  ]);
  expect(found[1]?.Condition).toEqual({
    StringEquals: { 'aws:SourceAccount': '111122223333' },
    ArnLike: { 'aws:SourceArn': 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:*' },
  });
});

test('the key of its own is rotated, lets all of them in, and may go', () => {
  const stack = stackWith();
  expect(only(stack, 'aws_kms_key')).toMatchObject({
    enable_key_rotation: true,
    deletion_window_in_days: 30,
    description: 'Encrypts messages about backups',
    lifecycle: { prevent_destroy: false },
  });
  expect(statements(stack, 'aws_kms_key').map(({ Sid }) => Sid)).toEqual(
    expect.arrayContaining(['AllowAlarms', 'AllowRules', 'AllowBudgets', 'AllowBackup']),
  );
  expect(only(stackWith({ preventDestroy: true }), 'aws_kms_key').lifecycle).toEqual({ prevent_destroy: true });
});

test('another key is taken as it is', () => {
  const stack = stackWith({ encryptionKeyArn: KEY_ARN });
  expect(all(stack, 'aws_kms_key')).toEqual([]);
  expect(only(stack, 'aws_sns_topic').kms_master_key_id).toBe(KEY_ARN);
});

test('name, tags and e-mails are those that were given', () => {
  const tags = { owner: 'platform' };
  const stack = stackWith({ topicName: 'alerts', emails: ['ops@example.com'], tags });
  expect(only(stack, 'aws_sns_topic')).toMatchObject({ name: 'alerts', tags });
  expect(only(stack, 'aws_kms_key').tags).toEqual(tags);
  expect(only(stack, 'aws_sns_topic_subscription')).toMatchObject({ protocol: 'email', endpoint: 'ops@example.com' });
});

test('name, key, e-mails and tags may be known to Terraform alone', () => {
  const stack = stackOf();
  const { text } = variables(stack);
  new AlertTopic(stack, 'Alerts', {
    topicName: text('name'),
    encryptionKeyArn: text('key'),
    emails: [text('email')],
    tags: { owner: text('owner') },
  });
  expect(only(stack, 'aws_sns_topic')).toEqual({
    name: '${var.name}',
    kms_master_key_id: '${var.key}',
    tags: { owner: '${var.owner}' },
  });
  expect(only(stack, 'aws_sns_topic_subscription').endpoint).toBe('${var.email}');
});

test('fails for a list of e-mails that Terraform alone knows, as each is a resource', () => {
  const stack = stackOf();
  const emails = variables(stack).list('emails');
  expect(refusal(() => new AlertTopic(stack, 'Alerts', { emails }))).toBe(
    message('S/Alerts', [sentence('terraform-list-known', 'emails', 'a token')]),
  );
});
