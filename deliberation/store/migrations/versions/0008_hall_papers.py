"""Paper counts, corrections of counts, the public board, objections, what belongs to a matter, areas, ended terms."""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('area',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('level', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(level = 'province') = (parent_id IS NULL)", name=op.f('ck_area_parent')),
    sa.CheckConstraint("level IN ('province', 'city', 'county', 'town', 'village', 'grid')", name=op.f('ck_area_level')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_area_by_id_person')),
    sa.ForeignKeyConstraint(['parent_id'], ['area.id'], name=op.f('fk_area_parent_id_area')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_area')),
    sa.UniqueConstraint('parent_id', 'name', name=op.f('uq_area_parent_id_name'))
    )
    with op.batch_alter_table('area', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_area_parent_id'), ['parent_id'], unique=False)

    op.create_table('council_term',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('council_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('sat', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_council_term_by_id_person')),
    sa.ForeignKeyConstraint(['council_id'], ['council.id'], name=op.f('fk_council_term_council_id_council')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_council_term'))
    )
    with op.batch_alter_table('council_term', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_council_term_council_id'), ['council_id'], unique=False)

    op.create_table('matter_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('matter_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.String(length=10), nullable=False),
    sa.Column('caption', sa.String(length=200), nullable=False),
    sa.Column('shown', sa.Boolean(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("part IN ('material', 'work', 'signed')", name=op.f('ck_matter_file_part')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_matter_file_by_id_person')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_matter_file_file_id_stored_file')),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_matter_file_matter_id_matter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_matter_file'))
    )
    with op.batch_alter_table('matter_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_matter_file_matter_id'), ['matter_id'], unique=False)

    op.create_table('matter_letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('matter_id', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(length=60), nullable=False),
    sa.Column('assembly', sa.String(length=30), nullable=False),
    sa.Column('addressee', sa.String(length=120), nullable=False),
    sa.Column('request', sa.Text(), nullable=False),
    sa.Column('basis', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("assembly IN ('villagers_assembly', 'villagers_rep_assembly')", name=op.f('ck_matter_letter_assembly')),
    sa.CheckConstraint("request <> ''", name=op.f('ck_matter_letter_request')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_matter_letter_by_id_person')),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_matter_letter_matter_id_matter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_matter_letter')),
    sa.UniqueConstraint('matter_id', 'revision', name=op.f('uq_matter_letter_matter_id_revision'))
    )
    with op.batch_alter_table('matter_letter', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_matter_letter_matter_id'), ['matter_id'], unique=False)

    op.create_table('objection',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('matter_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('channel', sa.String(length=12), nullable=False),
    sa.Column('said_by', sa.LargeBinary(), nullable=True),
    sa.Column('contact', sa.LargeBinary(), nullable=True),
    sa.Column('said_on', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('answered_at', sa.DateTime(), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("answered_at IS NULL OR (answer <> '' AND answered_on IS NOT NULL)", name=op.f('ck_objection_answered')),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_objection_answered_by_id_person')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_objection_by_id_person')),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_objection_matter_id_matter')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_objection')),
    sa.UniqueConstraint('matter_id', 'key', name=op.f('uq_objection_matter_id_key')),
    sa.UniqueConstraint('matter_id', 'number', name=op.f('uq_objection_matter_id_number'))
    )
    with op.batch_alter_table('objection', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_objection_matter_id'), ['matter_id'], unique=False)

    op.create_table('minutes_correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('line', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('said_by', sa.LargeBinary(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.String(length=8), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('settled_at', sa.DateTime(), nullable=True),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("outcome = '' OR (settled_at IS NOT NULL)", name=op.f('ck_minutes_correction_settled')),
    sa.CheckConstraint("outcome IN ('', 'taken', 'partly', 'not')", name=op.f('ck_minutes_correction_outcome')),
    sa.CheckConstraint("outcome NOT IN ('partly', 'not') OR answer <> ''", name=op.f('ck_minutes_correction_answer')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_minutes_correction_by_id_person')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_minutes_correction_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_minutes_correction_person_id_person')),
    sa.ForeignKeyConstraint(['settled_by_id'], ['person.id'], name=op.f('fk_minutes_correction_settled_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_minutes_correction')),
    sa.UniqueConstraint('meeting_id', 'key', name=op.f('uq_minutes_correction_meeting_id_key'))
    )
    with op.batch_alter_table('minutes_correction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_minutes_correction_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('board_sheet',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=14), nullable=False),
    sa.Column('about', sa.String(length=12), nullable=False),
    sa.Column('matter_id', sa.Integer(), nullable=True),
    sa.Column('vote_id', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('picture', sa.JSON(), nullable=True),
    sa.Column('signed', sa.String(length=160), nullable=False),
    sa.Column('contact', sa.String(length=200), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('down_at', sa.DateTime(), nullable=True),
    sa.Column('down_reason', sa.Text(), nullable=False),
    sa.CheckConstraint("down_at IS NULL OR down_reason <> ''", name=op.f('ck_board_sheet_down')),
    sa.CheckConstraint("kind IN ('notice', 'disclosure', 'announcement')", name=op.f('ck_board_sheet_kind')),
    sa.CheckConstraint('until >= since', name=op.f('ck_board_sheet_days')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_board_sheet_by_id_person')),
    sa.ForeignKeyConstraint(['matter_id'], ['matter.id'], name=op.f('fk_board_sheet_matter_id_matter')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_board_sheet_office_id_office')),
    sa.ForeignKeyConstraint(['vote_id'], ['vote.id'], name=op.f('fk_board_sheet_vote_id_vote')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_board_sheet')),
    sa.UniqueConstraint('office_id', 'number', name=op.f('uq_board_sheet_office_id_number'))
    )
    with op.batch_alter_table('board_sheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_board_sheet_matter_id'), ['matter_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_board_sheet_office_id'), ['office_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_board_sheet_vote_id'), ['vote_id'], unique=False)

    op.create_table('in_area',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('area_id', sa.Integer(), nullable=False),
    sa.Column('office_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('remark_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(office_id IS NOT NULL AND person_id IS NULL AND remark_id IS NULL) OR (office_id IS NULL AND person_id IS NOT NULL AND remark_id IS NULL) OR (office_id IS NULL AND person_id IS NULL AND remark_id IS NOT NULL)', name=op.f('ck_in_area_one_thing')),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_in_area_area_id_area')),
    sa.ForeignKeyConstraint(['office_id'], ['office.id'], name=op.f('fk_in_area_office_id_office')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_in_area_person_id_person')),
    sa.ForeignKeyConstraint(['remark_id'], ['remark.id'], name=op.f('fk_in_area_remark_id_remark')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_in_area')),
    sa.UniqueConstraint('office_id', name=op.f('uq_in_area_office_id')),
    sa.UniqueConstraint('person_id', name=op.f('uq_in_area_person_id')),
    sa.UniqueConstraint('remark_id', name=op.f('uq_in_area_remark_id'))
    )
    with op.batch_alter_table('in_area', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_in_area_area_id'), ['area_id'], unique=False)

    op.create_table('paper_count',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('vote_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=80), nullable=False),
    sa.Column('due', sa.Integer(), nullable=False),
    sa.Column('present', sa.Integer(), nullable=False),
    sa.Column('issued', sa.Integer(), nullable=False),
    sa.Column('collected', sa.Integer(), nullable=False),
    sa.Column('valid', sa.Integer(), nullable=False),
    sa.Column('invalid', sa.Integer(), nullable=False),
    sa.Column('for_count', sa.Integer(), nullable=False),
    sa.Column('against', sa.Integer(), nullable=False),
    sa.Column('abstain', sa.Integer(), nullable=False),
    sa.Column('void', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('present <= due AND issued <= present', name=op.f('ck_paper_count_issued')),
    sa.CheckConstraint('void = (collected > issued)', name=op.f('ck_paper_count_void')),
    sa.CheckConstraint('void OR (valid + invalid = collected AND for_count + against + abstain = valid)', name=op.f('ck_paper_count_sums')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_paper_count_by_id_person')),
    sa.ForeignKeyConstraint(['vote_id'], ['vote.id'], name=op.f('fk_paper_count_vote_id_vote')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_count')),
    sa.UniqueConstraint('vote_id', 'key', name=op.f('uq_paper_count_vote_id_key'))
    )
    with op.batch_alter_table('paper_count', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_paper_count_vote_id'), ['vote_id'], unique=False)

    op.create_table('vote_correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('vote_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('change', sa.JSON(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('after', sa.JSON(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('proposed_by', sa.String(length=80), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('settled_at', sa.DateTime(), nullable=True),
    sa.Column('settled_by', sa.String(length=80), nullable=False),
    sa.Column('accepted', sa.Boolean(), nullable=True),
    sa.Column('sheet_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("accepted IS NULL OR (settled_at IS NOT NULL AND settled_by <> '')", name=op.f('ck_vote_correction_settled')),
    sa.CheckConstraint("kind <> 'erratum' OR accepted IS NULL OR NOT accepted OR settled_by <> proposed_by OR sheet_id IS NOT NULL", name=op.f('ck_vote_correction_two_persons')),
    sa.CheckConstraint("kind IN ('recount', 'erratum')", name=op.f('ck_vote_correction_kind')),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_vote_correction_reason')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_vote_correction_by_id_person')),
    sa.ForeignKeyConstraint(['sheet_id'], ['stored_file.id'], name=op.f('fk_vote_correction_sheet_id_stored_file')),
    sa.ForeignKeyConstraint(['vote_id'], ['vote.id'], name=op.f('fk_vote_correction_vote_id_vote')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vote_correction'))
    )
    with op.batch_alter_table('vote_correction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_vote_correction_vote_id'), ['vote_id'], unique=False)
        batch_op.create_index('uq_correction_waiting', ['vote_id'], unique=True, sqlite_where=sa.text('settled_at IS NULL'), postgresql_where=sa.text('settled_at IS NULL'))

    with op.batch_alter_table('council', schema=None) as batch_op:
        batch_op.add_column(sa.Column('recusal_shrinks', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('vote', schema=None) as batch_op:
        batch_op.add_column(sa.Column('recusal_shrinks', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.drop_constraint(op.f('ck_vote_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_vote_kind'), "kind IN ('hands', 'named', 'paper', 'secret')")


def downgrade():
    raise NotImplementedError("restore a backup instead: nothing said is ever dropped by a migration")
