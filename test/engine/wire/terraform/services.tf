# What deployments put into AWS Config, Budgets, Systems Manager, CloudWatch and its logs.
resource "aws_config_configuration_recorder" "r" {
  name     = "rec"
  role_arn = "arn:aws:iam::111122223333:role/config"
  recording_group {
    all_supported  = false
    resource_types = ["AWS::Backup::BackupPlan", "AWS::Backup::BackupVault"]
  }
}
resource "aws_config_delivery_channel" "c" {
  name           = "chan"
  s3_bucket_name = "bucket-config"
  depends_on     = [aws_config_configuration_recorder.r]
}
resource "aws_config_configuration_recorder_status" "s" {
  name       = aws_config_configuration_recorder.r.name
  is_enabled = true
  depends_on = [aws_config_delivery_channel.c]
}
resource "aws_config_config_rule" "rule" {
  name        = "encrypted"
  description = "step ${var.step}"
  source {
    owner             = "AWS"
    source_identifier = "BACKUP_RECOVERY_POINT_ENCRYPTED"
  }
  tags       = { step = var.step }
  depends_on = [aws_config_configuration_recorder.r]
}
resource "aws_config_conformance_pack" "pack" {
  name          = "pack"
  template_body = "Resources: {}\n# ${var.step}\n"
  input_parameter {
    parameter_name  = "Days"
    parameter_value = "35"
  }
  depends_on = [aws_config_configuration_recorder.r]
}
resource "aws_budgets_budget" "b" {
  name         = "backup"
  budget_type  = "COST"
  limit_amount = var.step == 1 ? "100" : "200"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
  cost_filter {
    name   = "Service"
    values = ["AWS Backup"]
  }
  notification {
    comparison_operator        = "GREATER_THAN"
    threshold                  = var.step == 1 ? 80 : 90
    threshold_type             = "PERCENTAGE"
    notification_type          = "FORECASTED"
    subscriber_email_addresses = ["ops@example.com"]
    subscriber_sns_topic_arns  = ["arn:aws:sns:eu-central-1:111122223333:alerts"]
  }
  tags = { step = var.step }
}
resource "aws_ssm_document" "d" {
  name            = "runbook"
  document_type   = "Automation"
  document_format = "YAML"
  content         = "schemaVersion: '0.3'\ndescription: step ${var.step}\nparameters:\n  Point:\n    type: String\n    description: which\nmainSteps: []\n"
  tags            = { step = var.step }
}
resource "aws_ssm_parameter" "p" {
  name  = "/cdk/version"
  type  = "String"
  value = "step ${var.step}"
  tags  = { step = var.step }
}
resource "aws_ssm_parameter" "secret" {
  name  = "/cdk/secret"
  type  = "SecureString"
  value = "step ${var.step}"
}
resource "aws_cloudwatch_log_group" "g" {
  name              = "/aws/events/backup"
  retention_in_days = var.step == 1 ? 30 : 90
  tags              = { step = var.step }
}
resource "aws_cloudwatch_log_resource_policy" "lp" {
  policy_name     = "events"
  policy_document = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = ["logs:PutLogEvents"], Resource = "${aws_cloudwatch_log_group.g.arn}:*" }] })
}
resource "aws_cloudwatch_metric_alarm" "a" {
  alarm_name          = "failed"
  alarm_description   = "step ${var.step}"
  namespace           = "AWS/Backup"
  metric_name         = "NumberOfBackupJobsFailed"
  dimensions          = { BackupVaultName = "main" }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:eu-central-1:111122223333:alerts"]
  tags                = { step = var.step }
}
resource "aws_cloudwatch_metric_alarm" "math" {
  alarm_name          = "math"
  evaluation_periods  = 2
  threshold           = 1
  comparison_operator = "GreaterThanThreshold"
  metric_query {
    id          = "e1"
    expression  = "m1+m2"
    label       = "sum"
    return_data = true
  }
  metric_query {
    id = "m1"
    metric {
      namespace   = "AWS/Backup"
      metric_name = "NumberOfBackupJobsFailed"
      period      = 300
      stat        = "Sum"
    }
  }
  metric_query {
    id = "m2"
    metric {
      namespace   = "AWS/Backup"
      metric_name = "NumberOfBackupJobsExpired"
      period      = 300
      stat        = "Sum"
    }
  }
}
resource "aws_cloudwatch_composite_alarm" "comp" {
  alarm_name        = "composite"
  alarm_description = "step ${var.step}"
  alarm_rule        = "ALARM(${aws_cloudwatch_metric_alarm.a.alarm_name})"
  tags              = { step = var.step }
}
resource "aws_cloudwatch_dashboard" "dash" {
  dashboard_name = "backup"
  dashboard_body = jsonencode({ widgets = [{ type = "text", x = 0, y = 0, width = 6, height = 3, properties = { markdown = "step ${var.step}" } }] })
}
