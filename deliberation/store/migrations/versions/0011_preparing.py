"""Preparing a meeting: the working calendar, an office's procedures and papers, the plan, the notice register, series."""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('calendar_day',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('works', sa.Boolean(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_calendar_day_office_id_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_day')),
    sa.UniqueConstraint('office_id', 'day', name=op.f('uq_calendar_day_office_id_day'))
    )
    op.create_table('calendar_year',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_calendar_year_office_id_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_year')),
    sa.UniqueConstraint('office_id', 'year', name=op.f('uq_calendar_year_office_id_year'))
    )
    op.create_table('procedure_rule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('way', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('dated', sa.Date(), nullable=False),
    sa.Column('clause', sa.String(length=80), nullable=False),
    sa.Column('quorum', sa.JSON(), nullable=True),
    sa.Column('carry', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint("name <> '' AND clause <> ''", name=op.f('ck_procedure_rule_named')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_procedure_rule_office_id_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_procedure_rule'))
    )
    with op.batch_alter_table('procedure_rule', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_procedure_rule_office_id'), ['office_id'], unique=False)
        batch_op.create_index('uq_procedure_rule_now', ['office_id', 'key', 'way'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('procedure_setting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('lit', sa.Boolean(), nullable=True),
    sa.Column('deadlines', sa.JSON(), nullable=False),
    sa.Column('sheets', sa.JSON(), nullable=False),
    sa.Column('review_at', sa.Integer(), nullable=True),
    sa.Column('basis_name', sa.String(length=200), nullable=False),
    sa.Column('basis_date', sa.Date(), nullable=True),
    sa.Column('basis_clause', sa.String(length=80), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_procedure_setting_office_id_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_procedure_setting')),
    sa.UniqueConstraint('office_id', 'key', name=op.f('uq_procedure_setting_office_id_key'))
    )
    op.create_table('paper_template',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_paper_template_file_id_stored_file')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_paper_template_office_id_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_template'))
    )
    with op.batch_alter_table('paper_template', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_template_office_id'), ['office_id'], unique=False)

    op.create_table('series',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=True),
    sa.Column('procedure', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('recurrence', sa.JSON(), nullable=False),
    sa.Column('at_clock', sa.String(length=5), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('convenor', sa.LargeBinary(), nullable=False),
    sa.Column('scribe', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint("title <> '' AND minutes > 0", name=op.f('ck_series_whole')),
    sa.ForeignKeyConstraint(['council_id'], ['council.id'], name=op.f('fk_series_council_id_council')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_series_office_id_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_series'))
    )
    with op.batch_alter_table('series', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_series_office_id'), ['office_id'], unique=False)

    op.create_table('commission_letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('procedure', sa.String(length=40), nullable=False),
    sa.Column('sender', sa.String(length=120), nullable=False),
    sa.Column('number', sa.String(length=80), nullable=False),
    sa.Column('dated', sa.Date(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.CheckConstraint("sender <> '' AND number <> ''", name=op.f('ck_commission_letter_named')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_commission_letter_consultation_id_consultation')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_commission_letter_file_id_stored_file')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_commission_letter_office_id_office')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commission_letter'))
    )
    with op.batch_alter_table('commission_letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_commission_letter_consultation_id'), ['consultation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_commission_letter_office_id'), ['office_id'], unique=False)

    op.create_table('meeting_terms',
    sa.Column('meeting_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=True),
    sa.Column('late_reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['commission_letter.id'], name=op.f('fk_meeting_terms_letter_id_commission_letter')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_meeting_terms_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('meeting_id', name=op.f('pk_meeting_terms'))
    )
    op.create_table('notice_contact',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('reply', sa.String(length=12), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("channel IN ('phone', 'wechat', 'door', 'paper')", name=op.f('ck_notice_contact_channel')),
    sa.CheckConstraint("reply IN ('comes', 'leave', 'unreached')", name=op.f('ck_notice_contact_reply')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_notice_contact_by_id_person')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_notice_contact_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_notice_contact_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_contact'))
    )
    with op.batch_alter_table('notice_contact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_notice_contact_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('preparation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('procedure', sa.String(length=40), nullable=False),
    sa.Column('meeting_on', sa.Date(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_preparation_consultation_id_consultation')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_preparation_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_preparation')),
    sa.UniqueConstraint('consultation_id', name=op.f('uq_preparation_consultation_id'))
    )
    op.create_table('series_date',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('series_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_series_date_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['series_id'], ['series.id'], name=op.f('fk_series_date_series_id_series')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_series_date')),
    sa.UniqueConstraint('series_id', 'day', name=op.f('uq_series_date_series_id_day'))
    )
    op.create_table('plan_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('preparation_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('who', sa.LargeBinary(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('counted_on', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_at', sa.DateTime(), nullable=True),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("name <> ''", name=op.f('ck_plan_step_named')),
    sa.ForeignKeyConstraint(['done_by_id'], ['person.id'], name=op.f('fk_plan_step_done_by_id_person')),
    sa.ForeignKeyConstraint(['preparation_id'], ['preparation.id'], name=op.f('fk_plan_step_preparation_id_preparation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_step')),
    sa.UniqueConstraint('preparation_id', 'key', name=op.f('uq_plan_step_preparation_id_key'))
    )


def downgrade():
    raise NotImplementedError("restore a backup instead: nothing said is ever dropped by a migration")
