# What backup.tf declares, taken over by a state that knows nothing of it.

variable "ids" {
  type = map(string)
}

import {
  to = aws_backup_vault.main
  id = "main"
}

import {
  to = aws_backup_vault.copies
  id = "copies"
}

import {
  to = aws_backup_vault.locked
  id = "locked"
}

import {
  to = aws_backup_vault_policy.main
  id = "main"
}

import {
  to = aws_backup_vault_lock_configuration.governance
  id = "locked"
}

import {
  to = aws_backup_vault_lock_configuration.compliance
  id = "copies"
}

import {
  to = aws_backup_vault_notifications.main
  id = "main"
}

import {
  to = aws_backup_logically_air_gapped_vault.apart
  id = "apart"
}

import {
  to = aws_backup_plan.main
  id = var.ids.main
}

import {
  to = aws_backup_plan.small
  id = var.ids.small
}

import {
  to = aws_backup_selection.tagged
  id = "${var.ids.main}|${var.ids.tagged}"
}

import {
  to = aws_backup_selection.listed
  id = "${var.ids.small}|${var.ids.listed}"
}

import {
  to = aws_backup_framework.audit
  id = "audit"
}

import {
  to = aws_backup_report_plan.jobs
  id = "jobs"
}

import {
  to = aws_backup_report_plan.controls
  id = "controls"
}

import {
  to = aws_backup_region_settings.here
  id = "eu-central-1"
}

import {
  to = aws_backup_global_settings.all
  id = "111122223333"
}

import {
  to = aws_backup_restore_testing_plan.drill
  id = "drill"
}

import {
  to = aws_backup_restore_testing_plan.small
  id = "small"
}

import {
  to = aws_backup_restore_testing_selection.volumes
  id = "volumes:drill"
}

import {
  to = aws_backup_restore_testing_selection.tables
  id = "tables:drill"
}
