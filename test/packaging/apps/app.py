# The first example, in Python: `lib` as its jsii users meet it.
from aws_cdk import App, Duration, Stack
from aws_cdk import aws_dynamodb as dynamodb
from holdfast_cdk import Plan, PlanRuleProps, SelectionResource, Vault
from holdfast_model import Schedule, VaultLock

app = App()
stack = Stack(app, "Shop", env={"account": "111122223333", "region": "us-east-1"})
orders = dynamodb.TableV2(
    stack,
    "Orders",
    table_name="orders",
    partition_key=dynamodb.Attribute(name="id", type=dynamodb.AttributeType.STRING),
)
vault = Vault(stack, "Vault", backup_vault_name="shop", vault_lock=VaultLock(min_retention_days=30))
plan = Plan(
    stack,
    "Plan",
    backup_plan_name="shop",
    rules=[
        PlanRuleProps(
            rule_name="daily",
            vault=vault.backup_vault,
            schedule=Schedule.daily(hour=5),
            delete_after=Duration.days(35),
        ),
    ],
)
plan.add_selection("Data", selection_name="data", resources=[SelectionResource.from_construct(orders)])
app.synth()
