# What stands around a backup estate: identities, keys, an organization, and whoever hears of events.

locals {
  account = "111122223333"
  member  = "444455556666"
}

# IAM

resource "aws_iam_role" "backup" {
  name                 = "backup"
  description          = "step ${var.step}"
  max_session_duration = 3600 * var.step
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = var.step == 1 ? ["backup.amazonaws.com"] : ["backup.amazonaws.com", "lambda.amazonaws.com"] }
      Action    = "sts:AssumeRole"
    }]
  })
  tags = var.step == 1 ? { owner = "platform", stage = "test" } : { owner = "storage" }
}

resource "aws_iam_policy" "keys" {
  name        = "use-keys"
  description = "Keys of backups"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = var.step == 1 ? ["kms:Decrypt"] : ["kms:Decrypt", "kms:CreateGrant"], Resource = "*" }]
  })
  tags = { step = var.step }
}

resource "aws_iam_role_policy" "inline" {
  name   = "inline"
  role   = aws_iam_role.backup.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Sid = "step${var.step}", Effect = "Allow", Action = "tag:GetResources", Resource = "*" }] })
}

data "aws_iam_policy" "managed" {
  arn = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"
}

data "aws_iam_policy" "named" {
  name = "AWSBackupServiceRolePolicyForRestores"
}

resource "aws_iam_role_policy_attachment" "managed" {
  for_each   = toset([data.aws_iam_policy.managed.arn, data.aws_iam_policy.named.arn])
  role       = aws_iam_role.backup.name
  policy_arn = each.value
}

resource "aws_iam_role_policy_attachment" "own" {
  role       = aws_iam_role.backup.name
  policy_arn = aws_iam_policy.keys.arn
}

# KMS

data "aws_caller_identity" "here" {}

resource "aws_kms_key" "vault" {
  description             = "step ${var.step}"
  multi_region            = true
  deletion_window_in_days = 7
}

resource "aws_kms_replica_key" "west" {
  provider                = aws.west
  primary_key_arn         = aws_kms_key.vault.arn
  description             = "replica"
  deletion_window_in_days = 7
}

resource "aws_kms_alias" "vault" {
  name          = "alias/backup-vault"
  target_key_id = aws_kms_key.vault.key_id
}

# Organizations

resource "aws_organizations_organization" "all" {
  feature_set                   = "ALL"
  aws_service_access_principals = var.step == 1 ? ["backup.amazonaws.com"] : ["backup.amazonaws.com", "ram.amazonaws.com"]
  enabled_policy_types          = var.step == 1 ? ["BACKUP_POLICY", "SERVICE_CONTROL_POLICY"] : ["BACKUP_POLICY"]
}

resource "aws_organizations_organizational_unit" "workloads" {
  name      = "workloads-${var.step}"
  parent_id = aws_organizations_organization.all.roots[0].id
  tags      = { step = var.step }
}

resource "aws_organizations_policy" "backup" {
  name        = "backups"
  type        = "BACKUP_POLICY"
  description = "step ${var.step}"
  content = jsonencode({
    plans = {
      daily = {
        regions = { "@@assign" = ["eu-central-1"] }
        rules = {
          daily = {
            schedule_expression      = { "@@assign" = "cron(0 5 ? * * *)" }
            target_backup_vault_name = { "@@assign" = "Default" }
            lifecycle                = { delete_after_days = { "@@assign" = tostring(34 + var.step) } }
          }
        }
        selections = {
          tags = {
            all = {
              iam_role_arn = { "@@assign" = "arn:aws:iam::$account:role/backup" }
              tag_key      = { "@@assign" = "backup" }
              tag_value    = { "@@assign" = ["yes"] }
            }
          }
        }
      }
    }
  })
  tags       = { step = var.step }
  depends_on = [aws_organizations_organization.all]
}

resource "aws_organizations_policy_attachment" "backup" {
  policy_id = aws_organizations_policy.backup.id
  target_id = aws_organizations_organizational_unit.workloads.id
}

resource "aws_organizations_resource_policy" "delegation" {
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "step${var.step}"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${local.account}:root" }
      Action    = ["organizations:DescribeOrganization"]
      Resource  = "*"
    }]
  })
  tags       = { step = var.step }
  depends_on = [aws_organizations_organization.all]
}

# SNS and SQS

resource "aws_sns_topic" "backups" {
  name              = "backups"
  display_name      = "step ${var.step}"
  kms_master_key_id = var.step == 1 ? "alias/aws/sns" : aws_kms_key.vault.arn
  tags              = { step = var.step }

  firehose_success_feedback_role_arn    = aws_iam_role.backup.arn
  firehose_success_feedback_sample_rate = 50 * var.step
  lambda_success_feedback_role_arn      = aws_iam_role.backup.arn
  lambda_success_feedback_sample_rate   = 10 * var.step
}

resource "aws_sns_topic_policy" "backups" {
  arn = aws_sns_topic.backups.arn
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "step${var.step}", Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sns:Publish", Resource = aws_sns_topic.backups.arn }]
  })
}

resource "aws_sns_topic_subscription" "function" {
  topic_arn     = aws_sns_topic.backups.arn
  protocol      = "lambda"
  endpoint      = aws_lambda_function.listener.arn
  filter_policy = jsonencode({ step = [tostring(var.step)] })
}

resource "aws_sns_topic_subscription" "mail" {
  topic_arn = aws_sns_topic.backups.arn
  protocol  = "email"
  endpoint  = "backups@example.com"
}

resource "aws_sqs_queue" "failed" {
  name                       = "failed"
  visibility_timeout_seconds = 30 * var.step
  sqs_managed_sse_enabled    = true
  tags                       = { step = var.step }
}

resource "aws_sqs_queue_policy" "failed" {
  queue_url = aws_sqs_queue.failed.url
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "step${var.step}", Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sqs:SendMessage", Resource = aws_sqs_queue.failed.arn }]
  })
}

# EventBridge

resource "aws_cloudwatch_event_bus" "central" {
  name        = "central"
  description = "step ${var.step}"
  tags        = { step = var.step }
}

resource "aws_cloudwatch_event_bus_policy" "central" {
  event_bus_name = aws_cloudwatch_event_bus.central.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "step${var.step}", Effect = "Allow", Principal = { AWS = "arn:aws:iam::${local.member}:root" }, Action = "events:PutEvents", Resource = aws_cloudwatch_event_bus.central.arn }]
  })
}

resource "aws_cloudwatch_event_bus" "other" {
  name = "other"
}

resource "aws_cloudwatch_event_permission" "other" {
  event_bus_name = aws_cloudwatch_event_bus.other.name
  principal      = var.step == 1 ? local.member : "*"
  statement_id   = "member"
}

resource "aws_cloudwatch_event_rule" "failed" {
  name           = "failed"
  description    = "step ${var.step}"
  event_bus_name = aws_cloudwatch_event_bus.central.name
  event_pattern  = jsonencode({ source = ["aws.backup"], detail = { state = var.step == 1 ? ["FAILED"] : ["FAILED", "EXPIRED"] } })
  tags           = { step = var.step }
}

resource "aws_cloudwatch_event_rule" "hourly" {
  name                = "hourly"
  schedule_expression = "rate(1 hour)"
  state               = var.step == 1 ? "ENABLED" : "DISABLED"
}

resource "aws_cloudwatch_event_target" "topic" {
  rule           = aws_cloudwatch_event_rule.failed.name
  event_bus_name = aws_cloudwatch_event_bus.central.name
  arn            = aws_sns_topic.backups.arn
  input_transformer {
    input_paths    = { state = "$.detail.state" }
    input_template = "\"step ${var.step}: <state>\""
  }
  retry_policy {
    maximum_event_age_in_seconds = 3600
    maximum_retry_attempts       = var.step
  }
}

resource "aws_cloudwatch_event_target" "machine" {
  rule     = aws_cloudwatch_event_rule.hourly.name
  arn      = aws_sfn_state_machine.runbook.arn
  role_arn = aws_iam_role.backup.arn
  input    = jsonencode({ step = var.step })
}

# Lambda and Step Functions

resource "aws_lambda_function" "listener" {
  function_name    = "listener"
  description      = "step ${var.step}"
  role             = aws_iam_role.backup.arn
  runtime          = "nodejs20.x"
  handler          = "index.handler"
  filename         = "code-${var.step}.zip"
  source_code_hash = filebase64sha256("code-${var.step}.zip")
  timeout          = 10 * var.step
  memory_size      = 256
  environment {
    variables = { STEP = var.step }
  }
  tags = { step = var.step }
}

resource "aws_lambda_permission" "topic" {
  statement_id  = "step${var.step}"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.listener.function_name
  principal     = "sns.amazonaws.com"
  source_arn    = aws_sns_topic.backups.arn
}

resource "aws_lambda_function_event_invoke_config" "listener" {
  function_name          = aws_lambda_function.listener.function_name
  maximum_retry_attempts = var.step - 1
  destination_config {
    on_failure {
      destination = aws_sns_topic.backups.arn
    }
  }
}

resource "aws_lambda_invocation" "once" {
  function_name = aws_lambda_function.listener.function_name
  input         = jsonencode({ step = var.step })
  triggers      = { step = var.step }
}

resource "aws_sfn_state_machine" "runbook" {
  name     = "runbook"
  role_arn = aws_iam_role.backup.arn
  definition = jsonencode({
    Comment = "step ${var.step}"
    StartAt = "Done"
    States  = { Done = { Type = "Pass", End = true } }
  })
  tags = { step = var.step }
}

# RAM

resource "aws_backup_logically_air_gapped_vault" "shared" {
  name               = "shared"
  min_retention_days = 7
  max_retention_days = 60
}

resource "aws_ram_resource_share" "vaults" {
  name                      = "vaults-${var.step}"
  allow_external_principals = true
  tags                      = { step = var.step }
}

resource "aws_ram_resource_association" "vault" {
  resource_arn       = aws_backup_logically_air_gapped_vault.shared.arn
  resource_share_arn = aws_ram_resource_share.vaults.arn
}

resource "aws_ram_principal_association" "member" {
  principal          = local.member
  resource_share_arn = aws_ram_resource_share.vaults.arn
}

output "said" {
  value = jsondecode(aws_lambda_invocation.once.result)
}
