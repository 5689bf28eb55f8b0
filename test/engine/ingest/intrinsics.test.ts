import { ReadOptions } from '../../../engine/src/ingest/artifact';
import { read, refusal, templateWith } from './read';

const EXTENSIONS = { Transform: 'AWS::LanguageExtensions' };

/** What the expression evaluates to, as the value of a tag. */
function valueOf(expression: unknown, more: object = {}, options: Partial<ReadOptions> = {}): string | undefined {
  const { estate } = read({ 'S.template.json': templateWith(expression, { ...more }) }, options);
  return estate.vaults?.[0]?.tags?.['value'];
}

describe('CloudFormation values', () => {
  // prettier-ignore
  test.each<[string, unknown, string | undefined]>([
    ['text',                          'plain',                                                              'plain'],
    ['a number where text is wanted', 7,                                                                    '7'],
    ['a truth where text is wanted',  true,                                                                 'true'],
    ['AWS::AccountId',                { Ref: 'AWS::AccountId' },                                            '123456789012'],
    ['AWS::Region',                   { Ref: 'AWS::Region' },                                               'eu-central-1'],
    ['AWS::Partition',                { Ref: 'AWS::Partition' },                                            'aws'],
    ['AWS::URLSuffix',                { Ref: 'AWS::URLSuffix' },                                            'amazonaws.com'],
    ['AWS::StackName',                { Ref: 'AWS::StackName' },                                            'S'],
    ['AWS::NoValue',                  { Ref: 'AWS::NoValue' },                                              undefined],
    ['a parameter',                   { Ref: 'Name' },                                                      'orders'],
    ['a number parameter',            { Ref: 'Days' },                                                      '35'],
    ['a list parameter',              { 'Fn::Select': [1, { Ref: 'Zones' }] },                              'b'],
    ['Ref of a topic',                { Ref: 'Topic' },                                 'arn:aws:sns:eu-central-1:123456789012:alerts'],
    ['Ref of a role',                 { Ref: 'Role' },                                                      'backup'],
    ['GetAtt as a list',              { 'Fn::GetAtt': ['Role', 'Arn'] },                'arn:aws:iam::123456789012:role/ops/backup'],
    ['GetAtt as text',                { 'Fn::GetAtt': 'Role.Arn' },                     'arn:aws:iam::123456789012:role/ops/backup'],
    ['GetAtt of another vault',       { 'Fn::GetAtt': ['W', 'BackupVaultArn'] },        'arn:aws:backup:eu-central-1:123456789012:backup-vault:other'],
    ['Sub of a parameter',            { 'Fn::Sub': '${Name}-${AWS::Region}' },                              'orders-eu-central-1'],
    ['Sub of an attribute',           { 'Fn::Sub': '${Topic.TopicName}!' },                                 'alerts!'],
    ['Sub with a literal',            { 'Fn::Sub': '${!Name}' },                                            '${Name}'],
    ['Sub with variables',            { 'Fn::Sub': ['${Name}/${X}', { X: { Ref: 'Days' }, Name: 'own' }] },  'own/35'],
    ['Join',                          { 'Fn::Join': ['-', ['a', { Ref: 'Name' }, 3]] },                     'a-orders-3'],
    ['Join of a list parameter',      { 'Fn::Join': ['', { Ref: 'Zones' }] },                               'abc'],
    ['Join without what has no value', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::NoValue' }, 'b']] },          'a-b'],
    ['Select with the index as text', { 'Fn::Select': ['0', ['x', 'y']] },                                  'x'],
    ['Split',                         { 'Fn::Select': [2, { 'Fn::Split': [':', 'a:b:c'] }] },               'c'],
    ['If, true',                      { 'Fn::If': ['Yes', 'on', 'off'] },                                   'on'],
    ['If, false',                     { 'Fn::If': ['No', 'on', { Ref: 'Name' }] },                          'orders'],
    ['If without a value',            { 'Fn::If': ['No', 'on', { Ref: 'AWS::NoValue' }] },                  undefined],
    ['And',                           { 'Fn::If': ['Both', 'on', 'off'] },                                  'on'],
    ['Or',                            { 'Fn::If': ['Any', 'on', 'off'] },                                   'on'],
    ['FindInMap',                     { 'Fn::FindInMap': ['Sizes', { Ref: 'AWS::Region' }, 'days'] },       '7'],
    ['FindInMap of a list',           { 'Fn::Select': [1, { 'Fn::FindInMap': ['Sizes', 'eu-central-1', 'list'] }] }, 'y'],
    ['Base64',                        { 'Fn::Base64': 'holdfast' },                                         'aG9sZGZhc3Q='],
    ['Cidr',                          { 'Fn::Join': [',', { 'Fn::Cidr': ['10.0.0.0/16', 3, 8] }] },         '10.0.0.0/24,10.0.1.0/24,10.0.2.0/24'],
    ['Cidr of IPv6',                  { 'Fn::Join': [',', { 'Fn::Cidr': ['2001:db8::/56', 2, 64] }] },      '2001:db8::/64,2001:db8:0:1::/64'],
    ['GetAZs',                        { 'Fn::Join': [',', { 'Fn::GetAZs': '' }] },                          'eu-central-1a,eu-central-1b,eu-central-1c'],
    ['GetAZs of another Region',      { 'Fn::Select': [0, { 'Fn::GetAZs': 'us-east-1' }] },                 'us-east-1a'],
  ])('evaluates %s', (_title, expression, expected) => {
    expect(valueOf(expression)).toBe(expected);
  });

  // prettier-ignore
  test.each<[string, unknown, string]>([
    ['Fn::Length',                  { 'Fn::Length': { Ref: 'Zones' } },                                                 '3'],
    ['Fn::ToJsonString',            { 'Fn::ToJsonString': { a: { Ref: 'Name' } } },                                     '{"a":"orders"}'],
    ['the default of Fn::FindInMap', { 'Fn::FindInMap': ['Sizes', 'none', 'days', { DefaultValue: { Ref: 'Days' } }] }, '35'],
  ])('evaluates %s with the transform of language extensions', (_title, expression, expected) => {
    expect(valueOf(expression, EXTENSIONS)).toBe(expected);
  });

  test('a parameter is as the user says, for one stack before all stacks', () => {
    expect(valueOf({ Ref: 'Open' }, {}, { parameters: { Open: 'all', 'S:Open': 'own' } })).toBe('own');
    expect(valueOf({ Ref: 'Open' }, {}, { parameters: { Open: 'all' } })).toBe('all');
    expect(valueOf({ Ref: 'Image' }, {}, { parameters: { Image: 'ami-1' } })).toBe('ami-1');
  });

  test('a value of the user stands in place of what is not known', () => {
    const values = { 'V.BackupVaultTags.value': 'given' };
    expect(valueOf({ Ref: 'Open' }, {}, { values })).toBe('given');
  });

  test('an unnamed resource gets one name, wherever it is referred to', () => {
    const more = {
      Resources: {
        V: {
          Type: 'AWS::Backup::BackupVault',
          Properties: {
            BackupVaultName: 'main',
            BackupVaultTags: {
              arn: { 'Fn::GetAtt': ['Bucket', 'Arn'] },
              made: { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${Bucket}' },
            },
          },
        },
        Bucket: { Type: 'AWS::S3::Bucket' },
      },
    };
    const { estate } = read({ 'S.template.json': templateWith('', more) });
    const arn = estate.resources?.[0]?.arn;
    expect(arn).toMatch(/^arn:aws:s3:::s-bucket-[0-9a-f]{12}$/);
    expect(estate.vaults?.[0]?.tags).toEqual({ arn, made: arn });
  });
});

describe('Fn::ForEach', () => {
  const loop = (collection: unknown): object => ({
    Transform: 'AWS::LanguageExtensions',
    Parameters: { Stages: { Type: 'CommaDelimitedList', Default: 'prod, test-1' } },
    Resources: {
      'Fn::ForEach::Vaults': [
        'Stage',
        collection,
        {
          'Vault&{Stage}': {
            Type: 'AWS::Backup::BackupVault',
            Properties: {
              BackupVaultName: { 'Fn::Sub': '${Stage}-${AWS::Region}' },
              BackupVaultTags: {
                stage: { Ref: 'Stage' },
                'Fn::ForEach::Tags': ['Tag', ['a', 'b'], { '${Tag}': '${Tag}-${Stage}' }],
              },
            },
          },
        },
      ],
    },
  });

  test.each([
    ['a list', ['prod', 'test-1']],
    ['a parameter', { Ref: 'Stages' }],
  ])('writes out what it holds for each item of %s', (_title, collection) => {
    const { estate } = read({ 'S.json': loop(collection) });
    expect(estate.vaults?.map(({ backupVaultName, tags, declaredAt }) => [backupVaultName, tags, declaredAt])).toEqual([
      ['prod-eu-central-1', { stage: 'prod', a: 'a-prod', b: 'b-prod' }, 'S.json: Vaultprod'],
      ['test-1-eu-central-1', { stage: 'test-1', a: 'a-test-1', b: 'b-test-1' }, 'S.json: Vaulttest1'],
    ]);
  });

  test('runs over a parameter as the user gives it', () => {
    const { estate } = read({ 'S.json': loop({ Ref: 'Stages' }) }, { parameters: { Stages: 'only' } });
    expect(estate.vaults?.map(({ backupVaultName }) => backupVaultName)).toEqual(['only-eu-central-1']);
  });

  // prettier-ignore
  test.each<[string, unknown, string]>([
    ['a list that is not known', { 'Fn::FindInMap': ['a', 'b', 'c'] }, 'Resources.Fn::ForEach::Vaults runs over a list that is not known; give the processed template (aws cloudformation get-template --template-stage Processed)'],
    ['a parameter without value', { Ref: 'Nope' },                     'Resources.Fn::ForEach::Vaults runs over a list that is not known; give the processed template (aws cloudformation get-template --template-stage Processed)'],
    ['a list without end',       Array.from({ length: 5000 }, (_, at) => `s${at}`), 'Resources.Fn::ForEach::Vaults.Vault&{Stage}.Properties.BackupVaultTags.Fn::ForEach::Tags repeats itself more than 10000 times'],
  ])('fails over %s', (_title, collection, expected) => {
    expect(refusal(() => read({ 'S.json': loop(collection) }))).toBe(`S.json: ${expected}`);
  });
});

describe('what is not known before deployment', () => {
  const at = 'S.template.json: V.BackupVaultTags.value';
  const give = 'V.BackupVaultTags.value=<json>';

  // prettier-ignore
  test.each<[string, unknown, string]>([
    ['a parameter without default',     { Ref: 'Open' },                       `is {"Ref":"Open"}, where parameter Open has no default; give --parameter Open=<value> or --value ${give}`],
    ['a parameter of SSM',              { Ref: 'Image' },                      `is {"Ref":"Image"}, where parameter Image is looked up in SSM at deploy time; give --parameter Image=<value> or --value ${give}`],
    ['an unknown condition',            { 'Fn::If': ['Unknown', 'a', 'b'] },   `is {"Fn::If":["Unknown","a","b"]}, where parameter Open has no default; give --parameter Open=<value> or --value ${give}`],
    ['a condition that is not there',   { 'Fn::If': ['Nope', 'a', 'b'] },      `is {"Fn::If":["Nope","a","b"]}, where "Nope" is no condition of the template; give --value ${give}`],
    ['an import that nothing exports',  { 'Fn::ImportValue': 'x' },            `is {"Fn::ImportValue":"x"}, which no stack given exports; give --value ${give}`],
    ['a dynamic reference',             '{{resolve:ssm:/a}}',                  `is "{{resolve:ssm:/a}}", which is looked up at deploy time; give --value ${give}`],
    ['a macro',                         { 'Fn::Transform': { Name: 'M' } },    `is {"Fn::Transform":{"Name":"M"}}, which a macro fills in at deploy time; give --value ${give}`],
    ['a function nobody knows',         { 'Fn::Magic': 1 },                    `is {"Fn::Magic":1}, which is not a function that is known here; give --value ${give}`],
    ['a name that is not there',        { Ref: 'Nope' },                       `is {"Ref":"Nope"}, where Nope is neither a parameter nor a resource of the template; give --value ${give}`],
    ['a resource that is switched off', { Ref: 'Off' },                        `is {"Ref":"Off"}, where Off is not declared, as condition No does not hold; give --value ${give}`],
    ['an attribute that AWS makes',     { 'Fn::GetAtt': ['Role', 'RoleId'] },  `is {"Fn::GetAtt":["Role","RoleId"]}, where attribute RoleId of an AWS::IAM::Role is not known before deployment; give --value ${give}`],
    ['a mapping that is not there',     { 'Fn::FindInMap': ['Sizes', 'x', 'days'] }, `is {"Fn::FindInMap":["Sizes","x","days"]}, where the template's mappings hold no Sizes.x.days; give --value ${give}`],
    ['an item beyond the list',         { 'Fn::Select': [3, { Ref: 'Zones' }] }, `is {"Fn::Select":[3,{"Ref":"Zones"}]}, where Fn::Select asks for item 3 of 3; give --value ${give}`],
    ['a list for text',                 { 'Fn::Join': ['-', 'a'] },            `is {"Fn::Join":["-","a"]}, where Fn::Join must have a list, got "a"; give --value ${give}`],
    ['an extension not asked for',      { 'Fn::Length': [1] },                 `is {"Fn::Length":[1]}, where Fn::Length needs the transform AWS::LanguageExtensions, which the template does not name; give --value ${give}`],
    ['blocks that find no room',        { 'Fn::Select': [0, { 'Fn::Cidr': ['10.0.0.0/24', 3, 7] }] }, `is {"Fn::Select":[0,{"Fn::Cidr":["10.0.0.0/24",3,7]}]}, where Fn::Cidr finds no room for 3 blocks of 7 bits in 10.0.0.0/24; give --value ${give}`],
    ['a list where text must be',       ['a'],                                 'must be text, got ["a"]'],
  ])('fails on %s, naming file, path and remedy', (_title, expression, expected) => {
    expect(refusal(() => valueOf(expression))).toBe(`${at} ${expected}`);
  });

  test('fails on a parameter that its template does not allow', () => {
    const more = { Parameters: { Open: { Type: 'String', AllowedValues: ['a', 'b'] } }, Conditions: {} };
    expect(refusal(() => valueOf({ Ref: 'Open' }, more, { parameters: { Open: 'c' } }))).toBe(
      'S.template.json: Parameters.Open must be one of a, b, got "c"',
    );
  });

  test('nothing is refused that no property read depends on', () => {
    const more = {
      Resources: {
        V: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } },
        Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::ImportValue': 'nowhere' } } },
        Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name: { 'Fn::ImportValue': 'nowhere' } } },
        Maybe: { Type: 'AWS::SQS::Queue', Condition: 'Unknown' },
      },
    };
    const { notRead } = read({ 'S.template.json': templateWith('', more) });
    expect(notRead).toEqual([
      {
        path: 'S.template.json: Queue',
        type: 'AWS::SQS::Queue',
        reason: 'what it says is known only after deployment',
      },
      { path: 'S.template.json: Parameter', type: 'AWS::SSM::Parameter', reason: 'this type is not modelled' },
      {
        path: 'S.template.json: Maybe',
        type: 'AWS::SQS::Queue',
        reason: 'what it says is known only after deployment',
      },
    ]);
  });

  test('texts that double with each reference end, and fill no memory', () => {
    const names = Array.from({ length: 60 }, (_, index) => `T${index}`);
    const Resources = Object.fromEntries(
      names.map((name, index) => {
        const next = names[index + 1];
        const TopicName = next === undefined ? 'xxxxxxxx' : { 'Fn::Sub': `\${${next}.TopicName}\${${next}.TopicName}` };
        return [name, { Type: 'AWS::SNS::Topic', Properties: { TopicName } }];
      }),
    );
    const V = {
      Type: 'AWS::Backup::BackupVault',
      Properties: { BackupVaultName: 'main', BackupVaultTags: { value: { 'Fn::GetAtt': ['T0', 'TopicName'] } } },
    };
    expect(refusal(() => valueOf('', { Resources: { ...Resources, V } }))).toBe(
      `${at} is {"Fn::GetAtt":["T0","TopicName"]}, which grows beyond 1 MiB; give --value ${give}`,
    );
  });
});
