"""What is written in the hall and comes home later, scratch lines, photos and recordings."""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('hall_device',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('device', sa.String(length=32), nullable=False),
    sa.Column('last_seq', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_hall_device_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hall_device')),
    sa.UniqueConstraint('meeting_id', 'device', name=op.f('uq_hall_device_meeting_id_device'))
    )
    op.create_table('hall_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('taken_back_at', sa.DateTime(), nullable=True),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_hall_file_by_id_person')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_hall_file_file_id_stored_file')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_hall_file_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hall_file'))
    )
    with op.batch_alter_table('hall_file', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hall_file_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('hall_count',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.Column('teller', sa.String(length=60), nullable=False),
    sa.Column('present', sa.Integer(), nullable=False),
    sa.Column('for_', sa.Integer(), nullable=False),
    sa.Column('against', sa.Integer(), nullable=False),
    sa.Column('abstain', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('for_ + against + abstain <= present', name=op.f('ck_hall_count_sum')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_hall_count_by_id_person')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_hall_count_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_hall_count_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hall_count')),
    sa.UniqueConstraint('meeting_id', 'key', name=op.f('uq_hall_count_meeting_id_key'))
    )
    with op.batch_alter_table('hall_count', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hall_count_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('hall_now',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_hall_now_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_hall_now_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('meeting_id', name=op.f('pk_hall_now'))
    )
    op.create_table('line_scratch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('number', sa.Integer(), nullable=True),
    sa.Column('speaker', sa.LargeBinary(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_line_scratch_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_line_scratch_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_line_scratch_person_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_line_scratch')),
    sa.UniqueConstraint('meeting_id', 'person_id', name=op.f('uq_line_scratch_meeting_id_person_id'))
    )
    op.create_table('hall_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('device', sa.String(length=32), nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('source', sa.String(length=8), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('facts', sa.LargeBinary(), nullable=False),
    sa.Column('at', sa.DateTime(), nullable=False),
    sa.Column('received_at', sa.DateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('line_id', sa.Integer(), nullable=True),
    sa.Column('attendance_id', sa.Integer(), nullable=True),
    sa.Column('item_id', sa.Integer(), nullable=True),
    sa.Column('settled_at', sa.DateTime(), nullable=True),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("source IN ('page', 'file', 'table')", name=op.f('ck_hall_entry_source')),
    sa.CheckConstraint("state <> 'settled' OR settled_at IS NOT NULL", name=op.f('ck_hall_entry_settled')),
    sa.CheckConstraint("state IN ('done', 'noted', 'late', 'conflict', 'settled')", name=op.f('ck_hall_entry_state')),
    sa.ForeignKeyConstraint(['attendance_id'], ['attendance.id'], name=op.f('fk_hall_entry_attendance_id_attendance')),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_hall_entry_by_id_person')),
    sa.ForeignKeyConstraint(['item_id'], ['agenda_item.id'], name=op.f('fk_hall_entry_item_id_agenda_item')),
    sa.ForeignKeyConstraint(['line_id'], ['line.id'], name=op.f('fk_hall_entry_line_id_line')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_hall_entry_meeting_id_meeting')),
    sa.ForeignKeyConstraint(['settled_by_id'], ['person.id'], name=op.f('fk_hall_entry_settled_by_id_person')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hall_entry')),
    sa.UniqueConstraint('meeting_id', 'key', name=op.f('uq_hall_entry_meeting_id_key'))
    )
    with op.batch_alter_table('hall_entry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_hall_entry_key'), ['key'], unique=False)
        batch_op.create_index(batch_op.f('ix_hall_entry_meeting_id'), ['meeting_id'], unique=False)



def downgrade():
    raise NotImplementedError("restore a backup instead: nothing said is ever dropped by a migration")
