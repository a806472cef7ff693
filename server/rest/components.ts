// The names under which shapes appear in the OpenAPI document.
import { z } from 'zod'
import { completeConnectSessionInput, createConnectSessionInput } from '../connect-sessions/connect-session-input.ts'
import { connectSessionView, createdConnectSessionView } from '../connect-sessions/connect-session-view.ts'
import { connectionGlance, connectionPage, connectionStatus, connectionView, serverInfo } from '../connections/connection-view.ts'
import { createConnectionInput, upsertConnectionInput } from '../connections/connection-input.ts'
import { examination, examinationCheck } from '../context/examination.ts'
import { apiKeyView, createApiKeyInput, createdApiKeyView } from '../identity/api-keys.ts'
import { auditEntryView, auditPage } from '../history/audit-view.ts'
import { dailyUsageView } from '../history/daily-usage-view.ts'
import { namespaceSettingsInput, namespaceSettingsView } from '../namespaces/namespace-settings.ts'
import { namespaceView } from '../namespaces/namespaces.ts'
import { callToolResult } from '../tools/call-tool.ts'
import { tool } from '../tools/tool.ts'
import { createWebhookInput, updateWebhookInput } from '../webhooks/webhook-input.ts'
import { createdWebhookView, deliveryPage, deliveryView, rotatedSecretView, webhookView } from '../webhooks/webhook-view.ts'

export const errorAnswer = z.object({
  error: z.string().describe('A word for the kind of failure, such as not_found.'),
  code: z.string().describe('Stable, room.reason; programs may branch on it.'),
  message: z.string().describe('Safe to show to people.'),
  requestId: z.string().describe('Finds the request in the log.'),
  details: z.record(z.string(), z.unknown()).optional().describe('For bad input: field, the path of what is wrong.'),
})

export const success = z.object({ success: z.literal(true) })

export const toolList = z.object({ tools: z.array(tool) })

export const inputComponents: Readonly<Record<string, z.ZodType>> = {
  CreateConnection: createConnectionInput,
  UpsertConnection: upsertConnectionInput,
  CreateApiKey: createApiKeyInput,
  CreateConnectSession: createConnectSessionInput,
  CompleteConnectSession: completeConnectSessionInput,
  ChangeNamespaceSettings: namespaceSettingsInput,
  CreateWebhook: createWebhookInput,
  UpdateWebhook: updateWebhookInput,
}

export const outputComponents: Readonly<Record<string, z.ZodType>> = {
  Connection: connectionView,
  ConnectionGlance: connectionGlance,
  ConnectionPage: connectionPage,
  ConnectionStatus: connectionStatus,
  ServerInfo: serverInfo,
  Examination: examination,
  ExaminationCheck: examinationCheck,
  Namespace: namespaceView,
  NamespaceSettings: namespaceSettingsView,
  ConnectSession: connectSessionView,
  CreatedConnectSession: createdConnectSessionView,
  Webhook: webhookView,
  CreatedWebhook: createdWebhookView,
  RotatedWebhookSecret: rotatedSecretView,
  WebhookDelivery: deliveryView,
  WebhookDeliveryPage: deliveryPage,
  ApiKey: apiKeyView,
  CreatedApiKey: createdApiKeyView,
  AuditEntry: auditEntryView,
  AuditPage: auditPage,
  DailyUsage: dailyUsageView,
  Tool: tool,
  ToolList: toolList,
  ToolResult: callToolResult,
  Success: success,
  Error: errorAnswer,
}
