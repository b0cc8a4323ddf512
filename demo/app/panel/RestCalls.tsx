import { memo } from 'react'
import type { FakeRequest } from 'react-realtime-stt/testing'
import type { ServiceState } from '../../protocol.ts'
import { LogScroll } from '../controls/LogScroll.tsx'

interface RestCallsProps extends Pick<ServiceState, 'requests' | 'requestCount'> {
  appId: string
}

/** The REST calls as they arrive at the simulated service, the newest last. */
export const RestCalls = memo(function RestCalls(props: RestCallsProps) {
  const { requests, requestCount, appId } = props
  const firstNumber = requestCount - requests.length + 1
  const rows = requests.map((request, index) => ({
    request,
    number: firstNumber + index,
    gap: toGap(request, requests[index - 1]),
  }))
  return (
    <div className="card log">
      <h2 id="rest-heading">REST calls</h2>
      {rows.length === 0 ? (
        <p className="empty">No call yet. Enable captions to see one.</p>
      ) : (
        <LogScroll headingId="rest-heading" last={requestCount}>
          <table>
            <thead>
              <tr>
                <th scope="col">Call</th>
                <th scope="col">Since last</th>
                <th scope="col">Answer</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ request, number, gap }) => (
                <tr key={number}>
                  <td>
                    <strong>{request.operation}</strong>
                    <code>
                      {request.method} {toShortPath(request.path, appId)}
                    </code>
                  </td>
                  <td>{gap}</td>
                  <td>
                    <Answer status={request.status} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </LogScroll>
      )}
    </div>
  )
})

function Answer({ status }: { status: number | null }) {
  if (status === null) return <span className="tag">none yet</span>
  const kind = status < 300 ? 'good' : 'bad'
  return (
    <span className="tag" data-kind={kind}>
      {status}
    </span>
  )
}

function toGap(request: FakeRequest, before: FakeRequest | undefined): string {
  return before ? `${((request.at - before.at) / 1000).toFixed(2)} s` : '–'
}

/** Without the part that is the same for every call of an API. */
function toShortPath(path: string, appId: string): string {
  return path
    .slice(path.indexOf(appId) + appId.length)
    .replace('/rtsc/speech-to-text', '')
    .replace(/[0-9a-f]{32}/, (id) => `${id.slice(0, 6)}…`)
}
