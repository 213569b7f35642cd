// Leading groups, task forces and teams of a unit: who is in them, and the list to hang on the wall.
import { useState } from 'react'
import {
  teamKinds,
  teamOps,
  teamPosts,
  unitCan,
  type Team,
  type TeamMember,
  type Unit,
} from '@nuanyang/contract/units.ts'
import { download } from '../kernel/client.ts'
import { Problem } from '../kernel/problem.ts'
import { useRight } from '../kernel/session.ts'
import { Button, IconButton } from '../ui/controls.tsx'
import { plainDay } from '../ui/dates.ts'
import { useSay, useWords } from '../ui/language.ts'
import { Menu, toast } from '../ui/overlay.tsx'
import { Section } from '../ui/page.tsx'
import { NotCollected, State } from '../ui/state.tsx'
import { AddMember, ChangeTeam, EndMember, EndTeam, NewTeam } from './teams.asking.tsx'
import { unitsText } from './units.text.ts'

type Asked =
  { is: 'new' } | { is: 'change' | 'end' | 'add'; team: Team } | { is: 'end_member'; team: Team; member: TeamMember }

export function UnitTeams({ unit }: { unit: Unit }) {
  const t = useWords(unitsText)
  const mayWrite = useRight('teams.write')
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = () => setAsked(null)
  return (
    <Section
      title={t('teams')}
      end={
        mayWrite &&
        unitCan.change(unit) && (
          <Button kind="text" icon="people" onClick={() => setAsked({ is: 'new' })}>
            {t('team_add')}
          </Button>
        )
      }
    >
      {unit.teams.length === 0 && <p className="dim">{t('no_teams')}</p>}
      {unit.teams.map((team) => (
        <TeamCard key={team.id} team={team} mayWrite={mayWrite} onAsk={setAsked} />
      ))}
      {asked?.is === 'new' && <NewTeam unit={unit} onClose={close} />}
      {asked?.is === 'change' && <ChangeTeam team={asked.team} onClose={close} />}
      {asked?.is === 'end' && <EndTeam team={asked.team} onClose={close} />}
      {asked?.is === 'add' && <AddMember team={asked.team} onClose={close} />}
      {asked?.is === 'end_member' && <EndMember team={asked.team} member={asked.member} onClose={close} />}
    </Section>
  )
}

function TeamCard({ team, mayWrite, onAsk }: { team: Team; mayWrite: boolean; onAsk: (asked: Asked) => void }) {
  const t = useWords(unitsText)
  const say = useSay()
  const running = unitCan.endTeam(team)
  const now = team.members.filter((member) => member.until_on === null)
  const past = team.members.length - now.length
  const day = (on: string) => plainDay(on, t.language)
  async function print(as: 'print_word' | 'print_pdf'): Promise<void> {
    try {
      await download(teamOps[as], { id: team.id })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      toast(say({ zh: error.detail, en: error.detail_en }))
    }
  }
  const more = [
    { key: 'change', label: t('team_change'), onSelect: () => onAsk({ is: 'change', team }) },
    { key: 'end', label: t('team_end'), parted: true, onSelect: () => onAsk({ is: 'end', team }) },
  ]
  return (
    <article className="sheet team">
      <header>
        <div className="grow">
          <h3>{team.name}</h3>
          <p className="dim small">
            {say(teamKinds[team.kind])} ·{' '}
            {team.until_on
              ? t('from_until', { from: day(team.from_on), until: day(team.until_on) })
              : t('since', { day: day(team.from_on) })}
            {!running && (
              <>
                {' '}
                <State kind="none">{t('ended')}</State>
              </>
            )}
          </p>
        </div>
        <div className="team-acts no-print">
          {mayWrite && running && (
            <Button icon="plus" onClick={() => onAsk({ is: 'add', team })}>
              {t('member_add')}
            </Button>
          )}
          {now.length > 0 && (
            <Menu
              className="btn btn-outline"
              align="end"
              items={[
                { key: 'word', label: t('print_word'), icon: 'file', onSelect: () => void print('print_word') },
                { key: 'pdf', label: t('print_pdf'), icon: 'print', onSelect: () => void print('print_pdf') },
              ]}
            >
              {t('print')}
            </Menu>
          )}
          {mayWrite && running && (
            <Menu className="icbtn" label={t('more')} items={more} align="end">
              ⋯
            </Menu>
          )}
        </div>
      </header>
      {team.duties && <p className="team-duties">{team.duties}</p>}
      {now.length === 0 && running && <p className="dim">{t('no_members')}</p>}
      {now.length > 0 && (
        <ul className="team-members">
          {now.map((member) => (
            <li key={member.id}>
              <span className="dim team-post">{say(teamPosts[member.post])}</span>
              <span className="team-who">
                <b>{member.name}</b> {member.occupation ?? ''}
                {member.duties && <span className="dim small">{member.duties}</span>}
              </span>
              <span className="nowrap">
                {member.phone ? <a href={`tel:${member.phone}`}>{member.phone}</a> : <NotCollected />}
              </span>
              {mayWrite && running && (
                <IconButton
                  icon="close"
                  size={16}
                  label={t('end_member', { name: member.name })}
                  onClick={() => onAsk({ is: 'end_member', team, member })}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {past > 0 && <p className="dim small">{t('past_members', { n: past })}</p>}
    </article>
  )
}
