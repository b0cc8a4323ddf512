export interface ProblemProps {
  /** What happened, and what to do. */
  message: string
  /** What to do in this demo. */
  hint?: string | undefined
  code?: string | undefined
  onRetry?: (() => void) | undefined
}

export function Problem({ message, hint, code, onRetry }: ProblemProps) {
  return (
    <div className="problem">
      <p>{message}</p>
      {hint && <p>{hint}</p>}
      <div className="problem-foot">
        {onRetry && (
          <button type="button" className="button button-small" onClick={onRetry}>
            Try again
          </button>
        )}
        {code && <code className="tag">{code}</code>}
      </div>
    </div>
  )
}
